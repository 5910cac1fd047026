"""The look and the parts of the pages, without the application around them."""
