"""The commands of `smslab`, one module each.

A module imports at its top only what the command line needs to show its help; the rest is
imported when the command runs, so that each starts as fast as it can.
"""
