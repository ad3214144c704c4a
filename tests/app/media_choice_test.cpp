// Which store of pictures is opened, and what the data folder remembers of it.
#include "app/media_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/program.h"
#include "tests/support/fake_s3.h"

namespace copytaster {
namespace {

using ::copytaster::testing::FakeS3;
using ::copytaster::testing::s3_error;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr std::string_view kPicture = "bytes of a picture";

class MediaChoice : public ::testing::Test {
 protected:
  MediaChoice() {
    write_secret("access", "AKTEST\n");
    write_secret("secret", "secret-of-a-test\n");
    write_bytes(config() + "/settings.toml", s3_settings());
  }
  [[nodiscard]] std::string data() const { return folder_.path() + "/data"; }
  [[nodiscard]] std::string config() const { return folder_.path() + "/config"; }
  void write_secret(const std::string& name, std::string_view text) const {
    const std::string file = str_cat(config(), "/", name);
    write_bytes(file, text);
    std::filesystem::permissions(file, std::filesystem::perms(0600));
  }
  [[nodiscard]] std::string s3_settings(std::string_view bucket = "pictures") const {
    return str_cat("[media]\nstore = \"s3\"\ns3_endpoint = \"", server_.client_options().endpoint,
                   "\"\ns3_bucket = \"", bucket, "\"\ns3_prefix = \"house/kept\"\n",
                   "s3_access_key_file = \"access\"\ns3_secret_key_file = \"secret\"\n");
  }
  [[nodiscard]] Settings settings(std::string_view text, std::vector<std::string>* told = nullptr) const {
    std::vector<ConfigProblem> problems;
    Settings read = read_settings(text, "settings.toml", config(), &problems);
    for (const ConfigProblem& problem : problems) {
      if (told != nullptr) told->push_back(to_text(problem));
    }
    return read;
  }
  [[nodiscard]] std::vector<std::string> problems(std::string_view text) const {
    std::vector<std::string> told;
    (void)settings(text, &told);
    return told;
  }
  [[nodiscard]] StoreChoice with_config() const {
    StoreChoice choice;
    choice.data = data();
    choice.config = config();
    return choice;
  }
  [[nodiscard]] StoreChoice with_data_only() const {
    StoreChoice choice;
    choice.data = data();
    return choice;
  }

  TemporaryFolder folder_;
  FakeS3 server_;
};

TEST_F(MediaChoice, AFolderUnlessTheSettingsSayABucket) {
  const auto folder = open_media(settings(""), data());
  ASSERT_TRUE(folder.ok()) << folder.status();
  const std::string sha256 = *(*folder)->put(kPicture);
  EXPECT_TRUE(std::filesystem::exists(str_cat(data(), "/media/", sha256.substr(0, 2), "/", sha256)));
  EXPECT_FALSE(std::filesystem::exists(data() + "/media.place"));
  EXPECT_EQ(*(*open_media(with_data_only(), data(), OpenMode::kReadOnly))->get(sha256), kPicture);
}

TEST_F(MediaChoice, ABucketIsUsedAndNoted) {
  const auto bucket = open_media(settings(s3_settings()), data());
  ASSERT_TRUE(bucket.ok()) << bucket.status();
  const std::string sha256 = *(*bucket)->put(kPicture);
  EXPECT_EQ(server_.objects().size(), 1U);
  const std::string note = bytes_of(data() + "/media.place");
  EXPECT_THAT(note, AllOf(HasSubstr("s3 http://127.0.0.1:"), HasSubstr(" pictures house/kept\n"),
                          Not(HasSubstr("AKTEST")), Not(HasSubstr("secret"))));
  ASSERT_TRUE(open_media(settings(s3_settings()), data()).ok()) << "and again";
  const auto read = open_media(with_config(), data(), OpenMode::kReadOnly);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*(*read)->get(sha256), kPicture);
}

TEST_F(MediaChoice, WithoutItsKeysTheBucketIsNamed) {
  ASSERT_TRUE(open_media(settings(s3_settings()), data()).ok());
  const auto nobody = open_media(with_data_only(), data(), OpenMode::kReadOnly);
  EXPECT_TRUE(absl::IsFailedPrecondition(nobody.status()));
  EXPECT_THAT(std::string(nobody.status().message()),
              AllOf(HasSubstr("pictures house/kept"), HasSubstr("--config")));
  const auto stand_in = media_if_here(data(), OpenMode::kReadOnly);
  ASSERT_TRUE(stand_in.ok());
  EXPECT_TRUE(absl::IsFailedPrecondition((*stand_in)->get(sha256_hex(kPicture)).status()));
  write_bytes(config() + "/settings.toml", s3_settings("other-pictures"));
  EXPECT_TRUE(absl::IsFailedPrecondition(open_media(with_config(), data(), OpenMode::kReadOnly).status()));
}

TEST_F(MediaChoice, PicturesThatAreElsewhereAreNotForgotten) {
  (void)*(*open_media(settings(""), data()))->put(kPicture);
  const auto moved = open_media(settings(s3_settings()), data());
  EXPECT_TRUE(absl::IsFailedPrecondition(moved.status()));
  EXPECT_THAT(std::string(moved.status().message()), HasSubstr("/media"));
  std::filesystem::remove_all(data() + "/media");
  ASSERT_TRUE(open_media(settings(s3_settings()), data()).ok());
  const auto back = open_media(settings(""), data());
  EXPECT_TRUE(absl::IsFailedPrecondition(back.status()));
  EXPECT_THAT(std::string(back.status().message()), HasSubstr("media.place"));
}

TEST_F(MediaChoice, AWrongKeyStopsTheServiceAndAServerThatIsAwayDoesNot) {
  server_.set_fault([](const ServerRequest&) {
    return ServerResponse{403, {}, s3_error("SignatureDoesNotMatch")};
  });
  const auto wrong = open_media(settings(s3_settings()), data());
  EXPECT_TRUE(absl::IsPermissionDenied(wrong.status()));
  EXPECT_THAT(std::string(wrong.status().message()), HasSubstr("media.s3_secret_key_file"));
  Settings away = settings(s3_settings());
  away.media.s3.patience = absl::Milliseconds(1);
  server_.set_fault([](const ServerRequest&) { return ServerResponse{503, {}, ""}; });
  EXPECT_TRUE(open_media(away, data()).ok());
}

TEST_F(MediaChoice, ANoteThatIsDamagedIsTold) {
  write_bytes(data() + "/media.place", "s3 \x01\x02");
  EXPECT_TRUE(absl::IsDataLoss(open_media(with_data_only(), data(), OpenMode::kReadOnly).status()));
  EXPECT_TRUE(absl::IsDataLoss(media_if_here(data(), OpenMode::kReadOnly).status()));
}

TEST_F(MediaChoice, WhatIsWrongInTheSettingsIsSaidOnceWithItsName) {
  EXPECT_THAT(problems(s3_settings()), IsEmpty());
  EXPECT_THAT(problems("[media]\nstore = \"s3\"\n"), ElementsAre(HasSubstr("media.s3_bucket")));
  EXPECT_THAT(problems("[media]\nstore = \"ftp\"\n"),
              ElementsAre(AllOf(HasSubstr(":2:"), HasSubstr("\"s3\""))));
  EXPECT_THAT(problems(str_cat(s3_settings(), "s3_addressing = 3\n")),
              ElementsAre(HasSubstr("media.s3_addressing")));
  EXPECT_THAT(problems("[media]\nstore = \"s3\"\ns3_secret_key_file = \"nowhere\"\n"),
              ElementsAre(AllOf(HasSubstr(":3:"), HasSubstr("media.s3_secret_key_file"))));
  std::string http = s3_settings();
  http = replace_all(http, "http://127.0.0.1", "http://s3.example.org");
  EXPECT_THAT(problems(http), ElementsAre(HasSubstr("media.s3_plain_http")));
  EXPECT_THAT(problems(str_cat(http, "s3_plain_http = true\n")), IsEmpty());
  EXPECT_THAT(problems(str_cat(s3_settings(), "s3_ca_file = \"access\"\n")),
              ElementsAre(HasSubstr("there is no certificate")));
}

TEST_F(MediaChoice, AKeyThatEverybodyMayReadIsAWarningAndNoKeyIsRepeated) {
  std::filesystem::permissions(config() + "/secret", std::filesystem::perms(0644));
  EXPECT_THAT(problems(s3_settings()), ElementsAre(AllOf(HasSubstr("warning"), HasSubstr("chmod 600"))));
  const std::string pasted =
      replace_all(s3_settings(), "\"secret\"", "\"wJalrXUtnFEMIcanaryMDENGbPxRfiCYEXAMPLEKEY\"");
  EXPECT_THAT(problems(pasted), ElementsAre(Not(HasSubstr("canary"))));
}

TEST_F(MediaChoice, SettingsOfTimeStamps) {
  EXPECT_THAT(
      problems("[evidence]\ntimestamp_url = \"https://tsa.example.org/\"\ntimestamp_every_seconds = 3600\n"),
      IsEmpty());
  const Settings read =
      settings("[evidence]\ntimestamp_url = \"https://tsa.example.org/\"\ntimestamp_every_seconds = 3600\n");
  EXPECT_EQ(read.stamps.url, "https://tsa.example.org/");
  EXPECT_EQ(read.stamps.every, absl::Hours(1));
  EXPECT_THAT(problems("[evidence]\ntimestamp_url = \"tsa.example.org\"\n"),
              ElementsAre(HasSubstr("evidence.timestamp_url")));
  EXPECT_THAT(problems("[evidence]\ntimestamp_every_seconds = 5\n"),
              ElementsAre(HasSubstr("600 to 31536000")));
  EXPECT_THAT(problems("[evidence]\ntimestamp_ca_file = \"nowhere.pem\"\n"),
              ElementsAre(HasSubstr("evidence.timestamp_ca_file")));
}

TEST_F(MediaChoice, AFileIsNoStore) {
  write_bytes(data(), "a file");
  StoreChoice choice;
  choice.data = data();
  const auto media = open_media(choice, data(), OpenMode::kReadOnly);
  EXPECT_TRUE(absl::IsNotFound(media.status())) << media.status();
  EXPECT_THAT(std::string(media.status().message()), HasSubstr("no store in " + data()));
}

}  // namespace
}  // namespace copytaster
