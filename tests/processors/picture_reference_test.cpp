// The published PDQ hashes and the pictures with metadata, where the reference data is present.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "processors/picture_facts.h"
#include "tests/processors/picture_maker.h"

namespace copytaster {
namespace {

const std::string& folder() {
  static const std::string path = COPYTASTER_SOURCE_DIR "/../shared/reference/evaluation/";
  return path;
}

std::string bytes_of(const std::string& name) {
  std::ifstream file(folder() + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<google::protobuf::Struct> cases(const std::string& name) {
  std::vector<google::protobuf::Struct> out;
  std::ifstream file(folder() + name);
  for (std::string line; std::getline(file, line);) {
    EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(line, &out.emplace_back()).ok());
  }
  return out;
}

TEST(PictureReference, PdqOfThePublishedPictures) {
  if (!std::filesystem::exists(folder() + "image_pdq.jsonl"))
    GTEST_SKIP() << "SKIPPED: image_pdq.jsonl not present";
  ASSERT_TRUE(start_pictures("processors_test").ok());
  std::size_t pictures = 0, exact = 0;
  int farthest = 0;
  for (const auto& one : cases("image_pdq.jsonl")) {
    const auto& fields = one.fields();
    const auto text = [&](const char* name) {
      return fields.contains(name) ? fields.at(name).string_value() : "";
    };
    const auto pgm = inspect_picture(bytes_of(text("pgm")));
    ASSERT_TRUE(pgm.ok()) << pgm.status();
    EXPECT_EQ(pgm->pdq().hash(), text("pgm_pdqhash")) << text("pgm");
    EXPECT_EQ(pgm->pdq().quality(), fields.at("pgm_quality").number_value());
    const auto file = inspect_picture(bytes_of(text("file")));
    ASSERT_TRUE(file.ok()) << file.status();
    const std::string want =
        text("upstream_expected").empty() ? text("pdqhash_pypi") : text("upstream_expected");
    const int bits = bits_between(file->pdq().hash(), want);
    EXPECT_LE(bits, 16) << text("file");
    ++pictures;
    exact += pgm->pdq().hash() == text("pgm_pdqhash") ? 1 : 0;
    farthest = std::max(farthest, bits);
  }
  std::printf("quality: PDQ, published pictures: %zu of %zu bit-exact on PGM; files at most %d bits off\n",
              exact, pictures, farthest);
}

struct Luma {
  int rows = 0, columns = 0;
  std::vector<float> values;
};

// Of a binary PGM with 255 shades.
Luma read_pgm(const std::string& bytes) {
  Luma out;
  int most = 0;
  int header = 0;
  EXPECT_EQ(std::sscanf(bytes.c_str(), "P5 %d %d %d%n", &out.columns, &out.rows, &most, &header), 3);
  for (const char c : bytes.substr(static_cast<std::size_t>(header) + 1)) {
    out.values.push_back(static_cast<float>(static_cast<unsigned char>(c)));
  }
  return out;
}

// The published set holds one picture turned and mirrored by hand: each of our eight is near the hash of one
// of them.
TEST(PictureReference, DihedralHashesInThePublishedOrder) {
  if (!std::filesystem::exists(folder() + "image_pdq.jsonl"))
    GTEST_SKIP() << "SKIPPED: image_pdq.jsonl not present";
  std::array<std::string, 8> turned, hashes, published;
  for (const auto& one : cases("image_pdq.jsonl")) {
    const std::string name = one.fields().at("file").string_value();
    const std::size_t at = name.find("bridge-");
    if (name.find("__dih__") == std::string::npos || at == std::string::npos) continue;
    const auto number = static_cast<std::size_t>(name[at + 7] - '1');
    const auto luma = read_pgm(bytes_of(one.fields().at("pgm").string_value()));
    ASSERT_LT(number, turned.size());
    turned[number] = one.fields().at("pgm_pdqhash").string_value();
    if (number != 0) continue;
    hashes = pdq_dihedral(luma.values.data(), luma.rows, luma.columns);
    const auto& list = one.fields().at("dihedral").list_value();
    for (int i = 0; i < 8; ++i) published[static_cast<std::size_t>(i)] = list.values(i).string_value();
  }
  for (std::size_t i = 0; i < 8; ++i) {
    EXPECT_LE(bits_between(hashes[i], turned[i]), 24) << "transform " << i;
    EXPECT_LE(bits_between(hashes[i], published[i]), 24) << "transform " << i;
  }
}

TEST(PictureReference, AnyFileIsSurvived) {
  if (!std::filesystem::exists(folder() + "images_meta")) GTEST_SKIP() << "SKIPPED: images_meta not present";
  int read = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder() + "images_meta")) {
    const auto media = inspect_picture(bytes_of("images_meta/" + file.path().filename().string()));
    EXPECT_TRUE(media.ok() || !media.status().message().empty()) << file.path();
    read += media.ok() ? 1 : 0;
  }
  EXPECT_GE(read, 10);
}

}  // namespace
}  // namespace copytaster
