"""The carrier's side: signatures, and messages in the shape of Twilio's resource."""
