// The chain of evidence: what a link says, and that every change tells.
#include "core/chain.h"

#include <gtest/gtest.h>

#include "core/text.h"

namespace copytaster {
namespace {

TEST(Chain, ALinkIsOverAllBeforeIt) {
  const std::string first = make_chain_record(chain_begin(), "first");
  EXPECT_EQ(first.substr(1 + kLinkBytes), "first");
  const auto record = parse_chain_record(first);
  ASSERT_TRUE(record.ok());
  EXPECT_EQ(record->entry, "first");
  EXPECT_EQ(to_hex(record->entry_hash), sha256_hex("first"));
  EXPECT_EQ(to_hex(record->link),
            sha256_hex("copytaster chain 1\n" + std::string(32, '\0') + sha256_bytes("first")));
  const auto second = parse_chain_record(make_chain_record(record->link, "second"));
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->link, chain_link(record->link, sha256_bytes("second")));
  EXPECT_NE(second->link, parse_chain_record(make_chain_record(chain_begin(), "second"))->link);
}

TEST(Chain, AnErasedEntryKeepsItsLinkAndNothingElse) {
  const auto whole = parse_chain_record(make_chain_record(chain_begin(), "what somebody wrote"));
  ASSERT_TRUE(whole.ok());
  const std::string bytes = erase_chain_record(*whole, "receipt 7");
  EXPECT_EQ(bytes.find("somebody"), std::string::npos);
  const auto erased = parse_chain_record(bytes);
  ASSERT_TRUE(erased.ok());
  EXPECT_EQ(erased->entry, "");
  EXPECT_EQ(erased->receipt, "receipt 7");
  EXPECT_EQ(erased->link, whole->link);
  EXPECT_EQ(chain_link(chain_begin(), erased->entry_hash), erased->link) << "the chain can still be followed";
}

TEST(Chain, EveryChangedByteOfARecordTells) {
  const std::string record = make_chain_record(chain_begin(), "an entry of some length");
  for (std::size_t at = 0; at < record.size(); ++at) {
    for (const int bit : {0, 3, 7}) {
      std::string changed = record;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      const auto read = parse_chain_record(changed);
      EXPECT_TRUE(!read.ok() || chain_link(chain_begin(), read->entry_hash) != read->link)
          << "byte " << at << " bit " << bit;
    }
  }
}

TEST(Chain, WhatWasNeverWrittenIsRefused) {
  EXPECT_TRUE(absl::IsDataLoss(parse_chain_record("").status()));
  EXPECT_TRUE(absl::IsDataLoss(parse_chain_record(std::string(20, '\1')).status()));
  EXPECT_TRUE(absl::IsDataLoss(parse_chain_record(std::string(80, '\7')).status()));
  EXPECT_TRUE(absl::IsDataLoss(parse_chain_record('\2' + std::string(40, 'x')).status()));
}

}  // namespace
}  // namespace copytaster
