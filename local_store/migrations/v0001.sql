-- The first schema as it was: frozen, whatever local_store.schema says today.

CREATE TABLE entity (
	entity INTEGER NOT NULL,
	type TEXT NOT NULL,
	id TEXT NOT NULL,
	PRIMARY KEY (entity),
	UNIQUE (id)
);

CREATE TABLE ticket_0 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	reference TEXT,
	owner TEXT,
	device_id TEXT,
	customer_id TEXT,
	happened_at INTEGER,
	status TEXT,
	is_open INTEGER,
	calm INTEGER,
	due INTEGER,
	fault TEXT,
	safety TEXT,
	priority TEXT,
	model_words TEXT,
	entry_id TEXT,
	caller TEXT,
	caller_reversed TEXT,
	unverified INTEGER,
	unresolved INTEGER,
	place TEXT,
	state TEXT NOT NULL,
	reviewing INTEGER NOT NULL,
	body TEXT NOT NULL,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX ticket_0_to_complete ON ticket_0 (calm, due, entity) WHERE is_open = 1 AND status = 'to_complete';

CREATE INDEX ticket_0_caller_reversed ON ticket_0 (caller_reversed) WHERE is_open = 1;

CREATE INDEX ticket_0_customer_id ON ticket_0 (customer_id) WHERE is_open = 1;

CREATE INDEX ticket_0_reference ON ticket_0 (reference) WHERE reference IS NOT NULL;

CREATE INDEX ticket_0_review ON ticket_0 (calm, due, entity) WHERE reviewing = 1;

CREATE INDEX ticket_0_models ON ticket_0 (calm, due, entity) WHERE is_open = 1 AND unresolved = 1;

CREATE INDEX ticket_0_quarantine ON ticket_0 (calm, due, entity) WHERE is_open = 1 AND status = 'quarantined';

CREATE INDEX ticket_0_owner ON ticket_0 (owner, calm, due, entity) WHERE is_open = 1;

CREATE INDEX ticket_0_payments ON ticket_0 (calm, due, entity) WHERE is_open = 1 AND unverified = 1;

CREATE INDEX ticket_0_device_id ON ticket_0 (device_id) WHERE is_open = 1;

CREATE INDEX ticket_0_open ON ticket_0 (calm, due, entity) WHERE is_open = 1;

CREATE TABLE contact_0 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	number TEXT,
	caller_name TEXT,
	customer_id TEXT,
	outcome TEXT,
	agent TEXT,
	started INTEGER,
	ended INTEGER,
	e164_reversed TEXT,
	call_back_due INTEGER,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX contact_0_call_back_due ON contact_0 (call_back_due) WHERE call_back_due IS NOT NULL;

CREATE INDEX contact_0_customer_id ON contact_0 (customer_id) WHERE customer_id IS NOT NULL;

CREATE INDEX contact_0_e164_reversed ON contact_0 (e164_reversed) WHERE e164_reversed IS NOT NULL;

CREATE TABLE customer_0 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	name TEXT,
	address TEXT,
	city TEXT,
	postcode TEXT,
	since TEXT,
	phones TEXT,
	provisional INTEGER,
	merged_into TEXT,
	body TEXT NOT NULL,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE TABLE device_0 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	customer_id TEXT,
	entry_id TEXT,
	words TEXT,
	serial TEXT,
	category TEXT,
	bought_on TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX device_0_customer_id ON device_0 (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE plan_0 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	customer_id TEXT,
	name TEXT,
	covers TEXT,
	starts TEXT,
	ends TEXT,
	paid_until TEXT,
	categories TEXT,
	visits_used INTEGER,
	visits_included INTEGER,
	response_minutes INTEGER,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX plan_0_customer_id ON plan_0 (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE catalog_entry_0 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	maker TEXT,
	name TEXT,
	detail TEXT,
	category TEXT,
	status TEXT,
	merged_into TEXT,
	numbers TEXT,
	body TEXT NOT NULL,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE TABLE alias_0 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	"key" TEXT,
	entry_id TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX alias_0_key ON alias_0 ("key") WHERE key IS NOT NULL;

CREATE TABLE proposal_0 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	state TEXT,
	words TEXT,
	entry_id TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX proposal_0_state ON proposal_0 (state) WHERE state IS NOT NULL;

CREATE TABLE payment_0 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	customer_id TEXT,
	amount INTEGER,
	currency TEXT,
	value_date TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX payment_0_customer_id ON payment_0 (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE ruling_0 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	claim_id TEXT,
	ruling TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX ruling_0_claim_id ON ruling_0 (claim_id) WHERE claim_id IS NOT NULL;

CREATE TABLE expert_0 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	name TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE TABLE visit_0 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	ticket_id TEXT,
	expert_id TEXT,
	state TEXT,
	window_start INTEGER,
	window_end INTEGER,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX visit_0_ticket_id ON visit_0 (ticket_id) WHERE ticket_id IS NOT NULL;

CREATE TABLE message_0 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	ticket_id TEXT,
	channel TEXT,
	state TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX message_0_ticket_id ON message_0 (ticket_id) WHERE ticket_id IS NOT NULL;

CREATE TABLE customer_phone_0 (
	entity INTEGER NOT NULL,
	e164 TEXT NOT NULL,
	reversed TEXT NOT NULL
);

CREATE INDEX customer_phone_0_entity ON customer_phone_0 (entity);

CREATE INDEX customer_phone_0_reversed ON customer_phone_0 (reversed);

CREATE INDEX customer_phone_0_e164 ON customer_phone_0 (e164);

CREATE TABLE promise_0 (
	entity INTEGER NOT NULL,
	customer_id TEXT,
	id TEXT NOT NULL,
	what TEXT NOT NULL,
	whom TEXT NOT NULL,
	due INTEGER,
	kept_at INTEGER,
	made_at INTEGER
);

CREATE INDEX promise_0_customer_id ON promise_0 (customer_id);

CREATE INDEX promise_0_due ON promise_0 (due) WHERE kept_at IS NULL AND due IS NOT NULL;

CREATE INDEX promise_0_entity ON promise_0 (entity);

CREATE TABLE ticket_1 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	reference TEXT,
	owner TEXT,
	device_id TEXT,
	customer_id TEXT,
	happened_at INTEGER,
	status TEXT,
	is_open INTEGER,
	calm INTEGER,
	due INTEGER,
	fault TEXT,
	safety TEXT,
	priority TEXT,
	model_words TEXT,
	entry_id TEXT,
	caller TEXT,
	caller_reversed TEXT,
	unverified INTEGER,
	unresolved INTEGER,
	place TEXT,
	state TEXT NOT NULL,
	reviewing INTEGER NOT NULL,
	body TEXT NOT NULL,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX ticket_1_open ON ticket_1 (calm, due, entity) WHERE is_open = 1;

CREATE INDEX ticket_1_reference ON ticket_1 (reference) WHERE reference IS NOT NULL;

CREATE INDEX ticket_1_to_complete ON ticket_1 (calm, due, entity) WHERE is_open = 1 AND status = 'to_complete';

CREATE INDEX ticket_1_caller_reversed ON ticket_1 (caller_reversed) WHERE is_open = 1;

CREATE INDEX ticket_1_review ON ticket_1 (calm, due, entity) WHERE reviewing = 1;

CREATE INDEX ticket_1_payments ON ticket_1 (calm, due, entity) WHERE is_open = 1 AND unverified = 1;

CREATE INDEX ticket_1_customer_id ON ticket_1 (customer_id) WHERE is_open = 1;

CREATE INDEX ticket_1_models ON ticket_1 (calm, due, entity) WHERE is_open = 1 AND unresolved = 1;

CREATE INDEX ticket_1_owner ON ticket_1 (owner, calm, due, entity) WHERE is_open = 1;

CREATE INDEX ticket_1_quarantine ON ticket_1 (calm, due, entity) WHERE is_open = 1 AND status = 'quarantined';

CREATE INDEX ticket_1_device_id ON ticket_1 (device_id) WHERE is_open = 1;

CREATE TABLE contact_1 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	number TEXT,
	caller_name TEXT,
	customer_id TEXT,
	outcome TEXT,
	agent TEXT,
	started INTEGER,
	ended INTEGER,
	e164_reversed TEXT,
	call_back_due INTEGER,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX contact_1_call_back_due ON contact_1 (call_back_due) WHERE call_back_due IS NOT NULL;

CREATE INDEX contact_1_customer_id ON contact_1 (customer_id) WHERE customer_id IS NOT NULL;

CREATE INDEX contact_1_e164_reversed ON contact_1 (e164_reversed) WHERE e164_reversed IS NOT NULL;

CREATE TABLE customer_1 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	name TEXT,
	address TEXT,
	city TEXT,
	postcode TEXT,
	since TEXT,
	phones TEXT,
	provisional INTEGER,
	merged_into TEXT,
	body TEXT NOT NULL,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE TABLE device_1 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	customer_id TEXT,
	entry_id TEXT,
	words TEXT,
	serial TEXT,
	category TEXT,
	bought_on TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX device_1_customer_id ON device_1 (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE plan_1 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	customer_id TEXT,
	name TEXT,
	covers TEXT,
	starts TEXT,
	ends TEXT,
	paid_until TEXT,
	categories TEXT,
	visits_used INTEGER,
	visits_included INTEGER,
	response_minutes INTEGER,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX plan_1_customer_id ON plan_1 (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE catalog_entry_1 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	maker TEXT,
	name TEXT,
	detail TEXT,
	category TEXT,
	status TEXT,
	merged_into TEXT,
	numbers TEXT,
	body TEXT NOT NULL,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE TABLE alias_1 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	"key" TEXT,
	entry_id TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX alias_1_key ON alias_1 ("key") WHERE key IS NOT NULL;

CREATE TABLE proposal_1 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	state TEXT,
	words TEXT,
	entry_id TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX proposal_1_state ON proposal_1 (state) WHERE state IS NOT NULL;

CREATE TABLE payment_1 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	customer_id TEXT,
	amount INTEGER,
	currency TEXT,
	value_date TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX payment_1_customer_id ON payment_1 (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE ruling_1 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	claim_id TEXT,
	ruling TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX ruling_1_claim_id ON ruling_1 (claim_id) WHERE claim_id IS NOT NULL;

CREATE TABLE expert_1 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	name TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE TABLE visit_1 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	ticket_id TEXT,
	expert_id TEXT,
	state TEXT,
	window_start INTEGER,
	window_end INTEGER,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX visit_1_ticket_id ON visit_1 (ticket_id) WHERE ticket_id IS NOT NULL;

CREATE TABLE message_1 (
	entity INTEGER NOT NULL,
	id TEXT NOT NULL,
	ticket_id TEXT,
	channel TEXT,
	state TEXT,
	rev INTEGER,
	term INTEGER,
	n INTEGER,
	as_of INTEGER,
	row_hash TEXT,
	fields TEXT,
	laid TEXT,
	PRIMARY KEY (entity)
);

CREATE INDEX message_1_ticket_id ON message_1 (ticket_id) WHERE ticket_id IS NOT NULL;

CREATE TABLE customer_phone_1 (
	entity INTEGER NOT NULL,
	e164 TEXT NOT NULL,
	reversed TEXT NOT NULL
);

CREATE INDEX customer_phone_1_e164 ON customer_phone_1 (e164);

CREATE INDEX customer_phone_1_reversed ON customer_phone_1 (reversed);

CREATE INDEX customer_phone_1_entity ON customer_phone_1 (entity);

CREATE TABLE promise_1 (
	entity INTEGER NOT NULL,
	customer_id TEXT,
	id TEXT NOT NULL,
	what TEXT NOT NULL,
	whom TEXT NOT NULL,
	due INTEGER,
	kept_at INTEGER,
	made_at INTEGER
);

CREATE INDEX promise_1_entity ON promise_1 (entity);

CREATE INDEX promise_1_due ON promise_1 (due) WHERE kept_at IS NULL AND due IS NOT NULL;

CREATE INDEX promise_1_customer_id ON promise_1 (customer_id);

CREATE TABLE tally (
	slot INTEGER NOT NULL,
	"view" TEXT NOT NULL,
	owner TEXT NOT NULL,
	count INTEGER NOT NULL,
	PRIMARY KEY (slot, "view", owner)
);

CREATE TABLE removed (
	id TEXT NOT NULL,
	type TEXT NOT NULL,
	rev INTEGER NOT NULL,
	term INTEGER NOT NULL,
	reason TEXT NOT NULL,
	at INTEGER NOT NULL,
	PRIMARY KEY (id)
);

CREATE TABLE redirect (
	from_id TEXT NOT NULL,
	to_id TEXT NOT NULL,
	PRIMARY KEY (from_id)
);

CREATE TABLE outbox (
	seq INTEGER NOT NULL,
	op_id TEXT NOT NULL,
	service TEXT NOT NULL,
	kind TEXT NOT NULL,
	lane TEXT NOT NULL,
	place INTEGER NOT NULL,
	raw BLOB NOT NULL,
	digest TEXT NOT NULL,
	actor TEXT NOT NULL,
	state TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	next_try INTEGER,
	reason TEXT NOT NULL,
	recorded_at INTEGER NOT NULL,
	moved_at INTEGER NOT NULL,
	verdict_rev INTEGER,
	verdict_term INTEGER,
	verdict_n INTEGER,
	poison INTEGER NOT NULL,
	receipt TEXT,
	PRIMARY KEY (seq),
	UNIQUE (op_id)
);

CREATE INDEX outbox_lane ON outbox (lane, place, seq);

CREATE INDEX outbox_open ON outbox (service, seq) WHERE state NOT IN ('settled', 'superseded', 'withdrawn');

CREATE TABLE dependency (
	op_id TEXT NOT NULL,
	needs TEXT NOT NULL,
	PRIMARY KEY (op_id, needs)
);

CREATE INDEX dependency_needs ON dependency (needs);

CREATE TABLE "conflict" (
	op_id TEXT NOT NULL,
	field TEXT NOT NULL,
	target TEXT NOT NULL,
	at INTEGER NOT NULL,
	base TEXT NOT NULL,
	mine TEXT NOT NULL,
	theirs TEXT NOT NULL,
	"by" TEXT,
	theirs_at INTEGER,
	decided_at INTEGER,
	PRIMARY KEY (op_id, field)
);

CREATE INDEX conflict_target ON "conflict" (target);

CREATE TABLE feed (
	service TEXT NOT NULL,
	cursor TEXT,
	term INTEGER,
	n INTEGER,
	term_id TEXT,
	source_as_of INTEGER,
	last_good INTEGER,
	up_to_date INTEGER NOT NULL,
	snapshot_start TEXT,
	snapshot_after TEXT,
	snapshot_running INTEGER NOT NULL,
	expected INTEGER,
	mirrored INTEGER NOT NULL,
	built INTEGER NOT NULL,
	reading INTEGER NOT NULL,
	building INTEGER,
	emptying INTEGER,
	PRIMARY KEY (service)
);

CREATE TABLE draft (
	id TEXT NOT NULL,
	person TEXT NOT NULL,
	started INTEGER NOT NULL,
	changed INTEGER NOT NULL,
	call TEXT NOT NULL,
	PRIMARY KEY (id)
);

CREATE TABLE setting (
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (name)
);

CREATE TABLE statement_line (
	"key" TEXT NOT NULL,
	import_id TEXT NOT NULL,
	imported_at INTEGER NOT NULL,
	account TEXT NOT NULL,
	currency TEXT NOT NULL,
	amount INTEGER NOT NULL,
	booked TEXT NOT NULL,
	value_date TEXT NOT NULL,
	reference TEXT NOT NULL,
	bank_reference TEXT NOT NULL,
	payer TEXT NOT NULL,
	text TEXT NOT NULL,
	reversal INTEGER NOT NULL,
	at_line INTEGER NOT NULL,
	PRIMARY KEY ("key")
);

CREATE INDEX statement_line_booked ON statement_line (booked);

CREATE INDEX statement_line_import ON statement_line (import_id);

CREATE TABLE counter (
	desk_code TEXT NOT NULL,
	last INTEGER NOT NULL,
	PRIMARY KEY (desk_code)
);

CREATE TABLE person (
	id TEXT NOT NULL,
	name TEXT NOT NULL,
	roles TEXT NOT NULL,
	keys TEXT NOT NULL,
	revoked_at TEXT,
	PRIMARY KEY (id)
);

CREATE TABLE retention (
	"table" TEXT NOT NULL,
	days INTEGER,
	scope TEXT NOT NULL,
	PRIMARY KEY ("table")
);

CREATE VIRTUAL TABLE ticket_search_0 USING fts5(body, content='ticket_0', content_rowid='entity', tokenize='unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE ticket_search_1 USING fts5(body, content='ticket_1', content_rowid='entity', tokenize='unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE customer_search_0 USING fts5(body, content='customer_0', content_rowid='entity', tokenize='unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE customer_search_1 USING fts5(body, content='customer_1', content_rowid='entity', tokenize='unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE catalog_entry_search_0 USING fts5(body, content='catalog_entry_0', content_rowid='entity', tokenize='unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE catalog_entry_search_1 USING fts5(body, content='catalog_entry_1', content_rowid='entity', tokenize='unicode61 remove_diacritics 2');

INSERT INTO ticket_search_0(ticket_search_0, rank) VALUES ('secure-delete', 1);

INSERT INTO ticket_search_1(ticket_search_1, rank) VALUES ('secure-delete', 1);

INSERT INTO customer_search_0(customer_search_0, rank) VALUES ('secure-delete', 1);

INSERT INTO customer_search_1(customer_search_1, rank) VALUES ('secure-delete', 1);

INSERT INTO catalog_entry_search_0(catalog_entry_search_0, rank) VALUES ('secure-delete', 1);

INSERT INTO catalog_entry_search_1(catalog_entry_search_1, rank) VALUES ('secure-delete', 1);

INSERT INTO feed (service, up_to_date, snapshot_running, mirrored, built, reading) VALUES ('tickets', 0, 0, 0, 0, 0);

INSERT INTO feed (service, up_to_date, snapshot_running, mirrored, built, reading) VALUES ('customers', 0, 0, 0, 0, 0);

INSERT INTO feed (service, up_to_date, snapshot_running, mirrored, built, reading) VALUES ('catalog', 0, 0, 0, 0, 0);

INSERT INTO feed (service, up_to_date, snapshot_running, mirrored, built, reading) VALUES ('billing', 0, 0, 0, 0, 0);

INSERT INTO feed (service, up_to_date, snapshot_running, mirrored, built, reading) VALUES ('experts', 0, 0, 0, 0, 0);

INSERT INTO feed (service, up_to_date, snapshot_running, mirrored, built, reading) VALUES ('notifications', 0, 0, 0, 0, 0);
