"""The simulated instance, served over HTTP: `smslab serve`."""
