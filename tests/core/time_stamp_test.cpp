#include "core/time_stamp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/strings.h"
#include "core/text.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/time_stamp_authority.h"

namespace copytaster {
namespace {

using ::copytaster::testing::TimeStampAuthority;
using ::testing::HasSubstr;

const std::string kLink(32, 'L');

class TimeStamps : public ::testing::Test {
 protected:
  void SetUp() override {
    request_ = *make_stamp_request(kLink);
    response_ = authority_.answer(request_.der);
  }
  std::string file_of(const std::string& name, const std::string& pem) {
    std::ofstream(folder_.path() + "/" + name) << pem;
    return folder_.path() + "/" + name;
  }
  [[nodiscard]] absl::StatusOr<StampToken> read(std::string_view der) const {
    return read_stamp(der, {.link = kLink, .nonce = request_.nonce});
  }

  TemporaryFolder folder_;
  TimeStampAuthority authority_{"Zeitstempel der Stadt Ährenfeld"};
  StampRequest request_;
  std::string response_;
};

TEST_F(TimeStamps, AnAnswerToTheRequestSaysWhenAndWho) {
  authority_.set_time(absl::FromUnixSeconds(1'650'012'345));
  const auto token = read(authority_.answer(request_.der));
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_EQ(token->at, absl::FromUnixSeconds(1'650'012'345));
  EXPECT_EQ(token->signer, "Zeitstempel der Stadt Ährenfeld");
  EXPECT_FALSE(token->is_trusted);
}

TEST_F(TimeStamps, ItsAuthorityIsCheckedWhereOneIsGiven) {
  StampCheck check{.link = kLink, .nonce = request_.nonce, .ca_file = file_of("ca.pem", authority_.ca_pem())};
  const auto token = read_stamp(response_, check);
  ASSERT_TRUE(token.ok()) << token.status();
  EXPECT_TRUE(token->is_trusted);
  check.ca_file = file_of("other.pem", TimeStampAuthority("Another").ca_pem());
  EXPECT_TRUE(absl::IsInvalidArgument(read_stamp(response_, check).status()));
  check.ca_file = file_of("none.pem", "no certificate");
  EXPECT_TRUE(absl::IsFailedPrecondition(read_stamp(response_, check).status()));
  check.ca_file = "/nowhere/ca.pem";
  EXPECT_TRUE(absl::IsFailedPrecondition(read_stamp(response_, check).status()));
}

// The certificate may have ended since: what counts is the time of the stamp.
TEST_F(TimeStamps, ACertificateMustHaveBeenGoodThen) {
  const StampCheck check{
      .link = kLink, .nonce = request_.nonce, .ca_file = file_of("ca.pem", authority_.ca_pem())};
  for (const auto& [time, good] :
       {std::pair(absl::FromCivil(absl::CivilYear(2099), absl::UTCTimeZone()), true),
        {absl::FromCivil(absl::CivilYear(2101), absl::UTCTimeZone()), false},
        {absl::FromCivil(absl::CivilYear(1999), absl::UTCTimeZone()), false}}) {
    authority_.set_time(time);
    EXPECT_EQ(read_stamp(authority_.answer(request_.der), check).ok(), good) << time;
  }
}

TEST_F(TimeStamps, AnAnswerToSomethingElseIsNone) {
  const StampRequest other = *make_stamp_request(std::string(32, 'M'));
  EXPECT_THAT(std::string(read(authority_.answer(other.der)).status().message()),
              HasSubstr("something else"));
  const StampRequest again = *make_stamp_request(kLink);
  EXPECT_NE(again.nonce, request_.nonce);
  EXPECT_THAT(std::string(read(authority_.answer(again.der)).status().message()),
              HasSubstr("another request"));
  EXPECT_TRUE(read_stamp(authority_.answer(again.der), {.link = kLink}).ok()) << "as it lies in the store";
}

TEST_F(TimeStamps, ARefusalIsTold) {
  const auto refused = read(authority_.answer("no request"));
  EXPECT_TRUE(absl::IsUnavailable(refused.status())) << refused.status();
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("status 2"));
}

TEST_F(TimeStamps, ACertificateForSomethingElseIsNone) {
  // OpenSSL does not even let such an authority answer; the status says no.
  TimeStampAuthority web("Web", "serverAuth");
  EXPECT_FALSE(read(web.answer(request_.der)).ok());
}

TEST_F(TimeStamps, NothingElseIsAStamp) {
  for (const std::string& wrong :
       {std::string(), std::string("<html><body>Not found</body></html>"), std::string(1 << 20, '0'),
        response_ + "x", std::string(40, '\0'), std::string("\x30\x80\x30\x80"), request_.der})
    EXPECT_TRUE(absl::IsInvalidArgument(read(wrong).status())) << wrong.size();
}

TEST_F(TimeStamps, CutOrFlippedAnywhereItIsNone) {
  for (std::size_t length = 0; length < response_.size(); ++length)
    EXPECT_FALSE(read(response_.substr(0, length)).ok());
  const auto good = *read(response_);
  int told = 0;
  for (std::size_t at = 0; at < response_.size(); ++at) {
    std::string flipped = response_;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    const auto token = read(flipped);
    told += token.ok() ? 0 : 1;
    // What is not signed (the certificate's own signature, a status text) may change; what is said may not.
    if (token.ok()) {
      EXPECT_EQ(token->at, good.at);
    }
  }
  EXPECT_GT(told, static_cast<int>(response_.size() / 2));
}

TEST_F(TimeStamps, WithAnAuthorityNoByteOfItsCertificateMayChange) {
  const std::string ca = file_of("ca.pem", authority_.ca_pem());
  int let_through = 0;
  for (std::size_t at = 0; at < response_.size(); ++at) {
    std::string flipped = response_;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    const auto token = read_stamp(flipped, {.link = kLink, .nonce = request_.nonce, .ca_file = ca});
    if (token.ok()) {
      ++let_through;
      EXPECT_EQ(token->signer, "Zeitstempel der Stadt Ährenfeld");
    }
  }
  EXPECT_LT(let_through, 24) << "of " << response_.size();
}

}  // namespace
}  // namespace copytaster
