"""The journal as pandas frames, one module per subject; each says its columns and its rows.

In every frame, ``scenario`` is the key of the scenario, ``sequence`` the number of the
event within it, ``time`` virtual time in UTC, and ``step`` the position of the step
(from 0; -1 outside any step). Text is of dtype ``str`` (missing: NaN), counts are
``Int64``, times ``datetime64[us, UTC]``, yes-or-no columns ``bool``. Ids of parties and
agents are shown as their names.

The functions take a list of :class:`smslab.reports.frames.told.Told`, or the records of the
journal; whoever has a :class:`smslab.reports.run.Run` asks it for the frames instead.
"""
