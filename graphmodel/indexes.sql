CREATE INDEX rules_by_service ON rules (service);
CREATE INDEX name_index_by_name ON name_index (normalised);
CREATE INDEX neighbourhoods_by_code ON neighbourhoods (code);
CREATE INDEX standing_by_code ON standing (code);
CREATE INDEX place_names_by_name ON place_names (form);
