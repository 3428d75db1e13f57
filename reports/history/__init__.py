"""Runs kept in a database: an SQLite file, or whatever SQLAlchemy can reach, for a team.

In a notebook::

    from smslab.reports.history.kept import History

    History("results/history.sqlite").runs()

Only :mod:`smslab.reports.history.addresses` and :mod:`smslab.reports.history.trends` may be
imported by what has to start quickly; the rest needs SQLAlchemy and pandas.
"""
