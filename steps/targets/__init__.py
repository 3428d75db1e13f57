"""Where the features run: in this process, over HTTP, on a company's own instance."""
