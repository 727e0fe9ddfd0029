"""Every SELECT of duties; lists are narrowed to what the reader may see (reading.visible)."""
