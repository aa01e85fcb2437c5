"""The editorial work itself: functions on records that know no web, no TinyDB and no clock of their own."""
