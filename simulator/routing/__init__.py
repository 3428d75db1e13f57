"""Advanced Work Assignment: presence, capacity, offers, transfers and Wrap Up (W-1 to W-6)."""
