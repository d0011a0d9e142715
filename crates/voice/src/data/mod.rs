//! Models, voices, prices and retirement dates, as data.
