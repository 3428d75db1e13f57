"""The language of the features: the phrases by subject, over one scene."""
