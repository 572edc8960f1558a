"""One message from fetch to log entry: judged, decided, journalled, performed, answered, recorded."""
