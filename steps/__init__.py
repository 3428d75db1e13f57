"""The harness: the language of the features, the engine that runs them, the command line."""
