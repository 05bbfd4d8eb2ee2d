CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE datasets (dataset TEXT PRIMARY KEY, title TEXT, horizon TEXT, as_of TEXT, kinds TEXT, names_from TEXT,
    changes_left_out TEXT) WITHOUT ROWID;
CREATE TABLE sources (id TEXT PRIMARY KEY, title TEXT, publisher TEXT, url TEXT, licence TEXT, attribution TEXT, as_of TEXT, verified TEXT, note TEXT) WITHOUT ROWID;
CREATE TABLE entities (id TEXT PRIMARY KEY, kind TEXT, name TEXT, valid_from TEXT, from_precision TEXT, valid_until TEXT, until_precision TEXT, source TEXT, locator TEXT, note TEXT) WITHOUT ROWID;
CREATE TABLE phases (entity TEXT, status TEXT, valid_from TEXT, from_precision TEXT, valid_until TEXT, until_precision TEXT, source TEXT, locator TEXT, note TEXT);
CREATE TABLE names (entity TEXT, name TEXT, use TEXT, valid_from TEXT, from_precision TEXT, valid_until TEXT, until_precision TEXT, source TEXT, locator TEXT, note TEXT);
CREATE TABLE identifiers (entity TEXT, scheme TEXT, code TEXT, valid_from TEXT, from_precision TEXT, valid_until TEXT, until_precision TEXT, source TEXT, locator TEXT, note TEXT);
CREATE TABLE locations (entity TEXT, postcode TEXT, valid_from TEXT, from_precision TEXT, valid_until TEXT, until_precision TEXT, source TEXT, locator TEXT, note TEXT);
CREATE TABLE relationships (subject TEXT, verb TEXT, object TEXT, about TEXT, population TEXT, basis TEXT, status TEXT, valid_from TEXT, from_precision TEXT, valid_until TEXT, until_precision TEXT, stated_on TEXT, share REAL, share_of TEXT, source TEXT, locator TEXT, note TEXT);
CREATE TABLE events (id TEXT PRIMARY KEY, kind TEXT, date TEXT, precision TEXT, instrument TEXT, source TEXT, locator TEXT, note TEXT) WITHOUT ROWID;
CREATE TABLE successions (event TEXT, predecessor TEXT, successor TEXT, about TEXT, weight REAL, counts TEXT,
    number REAL, stray TEXT);
CREATE TABLE rules (id TEXT PRIMARY KEY, service TEXT, commissioner TEXT, basis TEXT, accountable TEXT, on_behalf_of TEXT, acting_through TEXT, population TEXT, coverage TEXT, bodies TEXT, status TEXT, valid_from TEXT, from_precision TEXT, valid_until TEXT, until_precision TEXT, stated_on TEXT, instrument TEXT, instrument_verified TEXT, verified TEXT, source TEXT, locator TEXT, note TEXT) WITHOUT ROWID;
CREATE TABLE accountability (id TEXT PRIMARY KEY, subject TEXT, verb TEXT, object TEXT, about TEXT, basis TEXT, coverage TEXT, bodies TEXT, status TEXT, valid_from TEXT, from_precision TEXT, valid_until TEXT, until_precision TEXT, stated_on TEXT, instrument TEXT, instrument_verified TEXT, verified TEXT, source TEXT, locator TEXT, note TEXT) WITHOUT ROWID;
CREATE TABLE statements (id TEXT PRIMARY KEY, document TEXT, topic TEXT, subject TEXT, verb TEXT, object TEXT, about TEXT, text TEXT, value TEXT, unit TEXT, status TEXT, valid_from TEXT, from_precision TEXT, valid_until TEXT, until_precision TEXT, due TEXT, stated_on TEXT, series TEXT, part TEXT, contradicts TEXT, source TEXT, locator TEXT, note TEXT) WITHOUT ROWID;
CREATE TABLE name_index (normalised TEXT, entity TEXT, name TEXT, use TEXT);
CREATE VIRTUAL TABLE name_words USING fts5(normalised, content=name_index, tokenize='ascii', prefix='2 3');
CREATE VIRTUAL TABLE name_vocabulary USING fts5vocab(name_words, row);
CREATE TABLE neighbourhood_parts (code TEXT, area TEXT, population REAL, PRIMARY KEY (code, area)) WITHOUT ROWID;
CREATE TABLE neighbourhoods (number INTEGER PRIMARY KEY, code TEXT, name TEXT);
CREATE TABLE postcodes (postcode TEXT PRIMARY KEY, neighbourhood INTEGER, seen TEXT) WITHOUT ROWID;
CREATE TABLE outcode_parts (outcode TEXT, area TEXT, postcodes INTEGER, PRIMARY KEY (outcode, area)) WITHOUT ROWID;
CREATE TABLE place_names (form TEXT, name TEXT, kind TEXT, within TEXT, code TEXT, share REAL, county TEXT, people REAL, near TEXT, called TEXT, basis TEXT, note TEXT);
CREATE TABLE place_codes (code TEXT, name TEXT, kind TEXT, within TEXT, area TEXT, population REAL, PRIMARY KEY (code, area)) WITHOUT ROWID;
