// This program once more, from its beginning, in the same process.
//
// Why not a second Service: a database whose disk was full cannot be closed (RocksDB ends the process by an
// assertion), it is left open with its lock and its threads (storage/rocks_key_value.cpp), and no other may
// be opened beside it. The system takes away all of that when the program is loaded anew, as a stop at any
// moment would, which loses nothing; whoever watches the process sees the same one go on.
#pragma once

#include "absl/status/status.h"

namespace copytaster {

// With the arguments, the environment, the folder and the standard streams that it was started with; other
// files and sockets are closed. Does not return when it succeeds. Call it where nothing is left to be ended
// in order. kCancelled: a signal asks for a stop, none is overlooked. kUnavailable: it cannot be started.
absl::Status start_anew();

}  // namespace copytaster
