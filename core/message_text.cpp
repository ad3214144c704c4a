#include "core/message_text.h"

#include <string>
#include <vector>

#include "core/text.h"
#include "google/protobuf/timestamp.pb.h"

namespace copytaster {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

int mend_string(Message* message, const FieldDescriptor* field, const Reflection& fields) {
  std::string room;
  if (!field->is_repeated()) {
    const std::string& text = fields.GetStringReference(*message, field, &room);
    if (is_valid_utf8(text)) return 0;
    fields.SetString(message, field, to_valid_utf8(text));
    return 1;
  }
  int mended = 0;
  for (int i = 0; i < fields.FieldSize(*message, field); ++i) {
    const std::string& text = fields.GetRepeatedStringReference(*message, field, i, &room);
    if (is_valid_utf8(text)) continue;
    fields.SetRepeatedString(message, field, i, to_valid_utf8(text));
    ++mended;
  }
  return mended;
}

int mend_messages(Message* message, const FieldDescriptor* field, const Reflection& fields) {
  if (!field->is_repeated()) return make_text_valid(fields.MutableMessage(message, field));
  int mended = 0;
  for (int i = 0; i < fields.FieldSize(*message, field); ++i)
    mended += make_text_valid(fields.MutableRepeatedMessage(message, field, i));
  return mended;
}

bool is_possible(const google::protobuf::Timestamp& time) {
  return time.seconds() >= -62'135'596'800 && time.seconds() <= 253'402'300'799 && time.nanos() >= 0 &&
         time.nanos() <= 999'999'999;
}

bool is_impossible_time(const Message& message) {
  if (message.GetDescriptor() != google::protobuf::Timestamp::descriptor()) return false;
  return !is_possible(static_cast<const google::protobuf::Timestamp&>(message));
}

}  // namespace

int drop_impossible_times(Message* message) {
  const Reflection& fields = *message->GetReflection();
  std::vector<const FieldDescriptor*> present;
  fields.ListFields(*message, &present);
  int dropped = 0;
  for (const FieldDescriptor* field : present) {
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (field->is_repeated()) {
      for (int i = 0; i < fields.FieldSize(*message, field); ++i)
        dropped += drop_impossible_times(fields.MutableRepeatedMessage(message, field, i));
    } else if (is_impossible_time(fields.GetMessage(*message, field))) {
      fields.ClearField(message, field);
      ++dropped;
    } else {
      dropped += drop_impossible_times(fields.MutableMessage(message, field));
    }
  }
  return dropped;
}

int make_text_valid(Message* message) {
  const Reflection& fields = *message->GetReflection();
  std::vector<const FieldDescriptor*> present;
  fields.ListFields(*message, &present);
  int mended = 0;
  for (const FieldDescriptor* field : present) {
    if (field->type() == FieldDescriptor::TYPE_STRING) mended += mend_string(message, field, fields);
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE)
      mended += mend_messages(message, field, fields);
  }
  return mended;
}

}  // namespace copytaster
