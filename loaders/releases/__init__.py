"""What publishers publish, loaded by a user: recognised, read with suspicion, kept by release, folded in.

`opening` unpacks files, `formats` knows what is declared of each format, `listings` reads rows, `ods_xml`,
`xml_registers` and `org_tables` the whole register in XML and in Parquet, `kept` keeps releases in the user's data
folder, `fold` lays them over the bundled tables in order of the days up to which they know.
"""
