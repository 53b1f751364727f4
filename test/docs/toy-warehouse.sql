-- Eleven visitors, for the query of docs/guides/connect-a-platform.md: days are counted from the start of the test.
CREATE TABLE exposures (visitor_id INTEGER, arm TEXT, day INTEGER);
CREATE TABLE events (visitor_id INTEGER, name TEXT, day INTEGER);

INSERT INTO exposures VALUES
  (1, 'grey', 0), (1, 'grey', 3), (2, 'grey', 1), (3, 'grey', 20), (4, 'grey', 21), (5, 'grey', 22), (6, 'grey', 27),
  (7, 'green', 0), (8, 'green', 5), (9, 'green', 21), (10, 'green', 21), (11, 'green', 26);

INSERT INTO events VALUES
  (1, 'add_to_cart', 0), (1, 'purchase', 2), (1, 'purchase', 4), -- two orders of one visitor count once
  (2, 'add_to_cart', 1), (2, 'purchase', 9), -- ordered on the eighth day after the first exposure: too late
  (4, 'add_to_cart', 20), -- before the exposure
  (5, 'add_to_cart', 22), (5, 'purchase', 23), -- not mature on day 28
  (7, 'add_to_cart', 0), (7, 'purchase', 7), -- on the seventh day
  (8, 'purchase', 6), -- by express payment, past the cart
  (9, 'add_to_cart', 22);
