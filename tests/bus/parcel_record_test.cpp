// A record of the log that does not parse: what can be read of it is delivered, the rest is a letter.
#include "bus/parcel_record.h"

#include <gtest/gtest.h>

#include "bus/embedded_bus.h"
#include "core/bytes.h"
#include "core/dead_letter.h"
#include "tests/support/memory_key_value.h"

namespace copytaster {
namespace {

Parcel three_posts() {
  Parcel parcel;
  parcel.set_account_id("mastodon:mayor");
  parcel.set_capture_sha256("abc");
  for (const char* id : {"one", "two", "three"}) parcel.add_items()->set_id(id);
  parcel.add_deletions()->set_item_id("four");
  return parcel;
}

// Protobuf writes a text that is no UTF-8 and refuses to read it.
std::string with_a_bad_post() {
  std::string bytes = three_posts().SerializeAsString();
  bytes.replace(bytes.find("two"), 3, "t\xff\xff");
  return bytes;
}

TEST(ParcelRecord, AWholeOneIsReadAsItWasWritten) {
  const std::string bytes = three_posts().SerializeAsString();
  EXPECT_EQ(read_parcel(7, bytes).SerializeAsString(), bytes);
}

TEST(ParcelRecord, ABadPostTakesNoOtherWithIt) {
  const Parcel read = read_parcel(7, with_a_bad_post());
  ASSERT_EQ(read.items_size(), 2);
  EXPECT_EQ(read.items(0).id(), "one");
  EXPECT_EQ(read.items(1).id(), "three");
  EXPECT_EQ(read.deletions_size(), 1);
  ASSERT_EQ(read.dead_letters_size(), 1);
  const DeadLetter& letter = read.dead_letters(0);
  EXPECT_EQ(letter.stage(), letter_stage::kLog);
  EXPECT_EQ(posts_of(letter), 1U);
  EXPECT_EQ(letter.account_id(), "mastodon:mayor");
  EXPECT_EQ(letter.capture_sha256(), "abc");
  EXPECT_NE(letter.payload().find("t\xff\xff"), std::string::npos) << "what could not be read is kept";
  EXPECT_EQ(letter.payload().find("one"), std::string::npos) << "and nothing else";
  EXPECT_EQ(read_parcel(7, with_a_bad_post()).SerializeAsString(), read.SerializeAsString());
}

TEST(ParcelRecord, ATornOneIsReadAsFarAsItGoes) {
  std::string bytes = three_posts().SerializeAsString();
  bytes.resize(bytes.find("three") + 2);
  const Parcel read = read_parcel(7, bytes);
  EXPECT_EQ(read.items_size(), 2);
  ASSERT_EQ(read.dead_letters_size(), 1);
  EXPECT_EQ(read.dead_letters(0).payload().substr(read.dead_letters(0).payload().size() - 2), "th");
  EXPECT_EQ(posts_of(read.dead_letters(0)), 1U) << "the one that is cut";
  EXPECT_FALSE(read.dead_letters(0).cut()) << "all of the rest is there";
}

TEST(ParcelRecord, AnyBytesAreALetter) {
  const std::string garbage(200'000, '\xff');
  const Parcel read = read_parcel(7, garbage);
  ASSERT_EQ(read.dead_letters_size(), 1);
  EXPECT_EQ(read.dead_letters(0).payload().size(), kMostLetterPayload);
  EXPECT_TRUE(read.dead_letters(0).cut());
}

// What comes out can be written and read again, and never holds a post that was not there.
TEST(ParcelRecord, WhateverByteIsFlippedOrWhereverItIsCut) {
  const std::string whole = three_posts().SerializeAsString();
  int salvaged = 0, letters = 0;
  const auto look = [&](const std::string& bytes) {
    const Parcel read = read_parcel(7, bytes);
    Parcel again;
    EXPECT_TRUE(again.ParseFromString(read.SerializeAsString()));
    if (read.dead_letters_size() == 0) return;
    ++letters;
    if (read.items_size() > 0) ++salvaged;
    EXPECT_LE(static_cast<std::uint64_t>(read.items_size()) + posts_of(read.dead_letters(0)), bytes.size());
    EXPECT_FALSE(read.dead_letters(0).payload().empty());
  };
  for (std::size_t i = 0; i < whole.size(); ++i) {
    look(whole.substr(0, i));
    for (const int mask : {0x80, 0xff, 0x01}) {
      std::string bytes = whole;
      bytes[i] = static_cast<char>(bytes[i] ^ mask);
      look(bytes);
    }
  }
  EXPECT_GT(letters, 50);
  EXPECT_GT(salvaged, 20);
}

TEST(ParcelRecord, TheBusDeliversWhatStandsBehindABadOne) {
  testing::MemoryKeyValue database;
  const auto bus = *make_embedded_bus(&database, {});
  const Parcel good = three_posts();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(bus->append({&good, 1}, nullptr, absl::ZeroDuration()).ok());
  const auto batch = database.batch();
  batch->put(Space::kLog, big_endian(std::uint64_t{1}), with_a_bad_post());
  ASSERT_TRUE(database.write(*batch, Durability::kSynced).ok());
  EmbeddedBusOptions from_disk;
  from_disk.max_memory_bytes = 0;
  const auto again = *make_embedded_bus(&database, from_disk);
  const auto got = again->poll("process", 10, absl::ZeroDuration());
  ASSERT_TRUE(got.ok()) << got.status();
  ASSERT_EQ(got->size(), 3U);
  EXPECT_EQ((*got)[1].position, 1U);
  EXPECT_EQ((*got)[1].parcel.dead_letters_size(), 1);
  EXPECT_EQ((*got)[2].parcel.items_size(), 3);
}

}  // namespace
}  // namespace copytaster
