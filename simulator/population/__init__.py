"""People in numbers: named, with valid mobile numbers, the same for the same seed."""
