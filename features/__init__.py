"""The features of the simulated system, shipped as examples."""
