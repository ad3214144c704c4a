// What records may hold that cannot be read back: text and times.
//
// Text: protobuf writes a string field with any bytes and then refuses to read it: one such post
// would stop whoever reads it for good.
#pragma once

#include "google/protobuf/message.h"

namespace copytaster {

// Makes every string field valid UTF-8, in all messages inside; bytes fields stay. Returns how many had to be
// changed.
int make_text_valid(google::protobuf::Message* message);
// Clears each Timestamp outside the years 1 to 9999, in all messages inside: JSON knows no others. Returns
// how many.
int drop_impossible_times(google::protobuf::Message* message);

}  // namespace copytaster
