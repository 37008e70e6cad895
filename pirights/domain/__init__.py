"""The story, pure: no clock, no disk, no network, no randomness.

law -> calendar -> deadline -> person, handler -> encounter -> request -> dispatch -> reply
-> case -> bundle.
"""
