"""The pages: one folder per room, plus layout, macros and errors. A package only so that an installed copy finds them."""
