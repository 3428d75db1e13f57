"""A company's own instance, through documented REST and one small scripted resource."""
