"""The shipped templates, built by code: where decree 30/2020 (annex I) says what stands where, in which size. Fields are left as tags for rendering."""
