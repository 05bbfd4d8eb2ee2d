"""How Sphinx builds the pages into a site that opens from a memory stick: nothing is asked of the network."""

from __future__ import annotations

project = "orgmap"
language = "en-GB"
author = "orgmap"
extensions = ["myst_parser", "sphinx.ext.autodoc"]
root_doc = "index"
exclude_patterns = ["examples/*.py", "examples/*.csv"]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4

suppress_warnings = ["misc.highlighting_failure"]  # Cypher, which Pygments knows only in part
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
python_maximum_signature_line_length = 80
add_module_names = False
nitpicky = False

html_theme = "furo"
html_title = "orgmap"
html_static_path = ["theme"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_copyright = False
html_show_search_summary = False  # a summary would be fetched, which a page from the disk may not do
html_last_updated_fmt = None
html_baseurl = ""
html_theme_options = {"navigation_with_keys": False, "footer_icons": []}
