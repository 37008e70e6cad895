"""The encrypted vault: keys, SQLCipher store, journal, attachments."""
