"""The extension points X-1 to X-6, and the extensions registered at them."""
