#include "storage/file_copy.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>
#include <vector>

#include "core/status.h"
#include "core/strings.h"

namespace copytaster {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;

struct OpenFile {
  int number = -1;
  ~OpenFile() {
    if (number >= 0) ::close(number);
  }
};

class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    good_ = context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1;
  }
  void add(const char* bytes, std::size_t size) {
    good_ = good_ && EVP_DigestUpdate(context_.get(), bytes, size) == 1;
  }
  absl::StatusOr<std::string> hex() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    if (!good_ || EVP_DigestFinal_ex(context_.get(), hash.data(), &size) != 1)
      return absl::InternalError("OpenSSL makes no SHA-256");
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (unsigned i = 0; i < size; ++i) {
      out.push_back(kDigits[hash[i] >> 4]);
      out.push_back(kDigits[hash[i] & 15]);
    }
    return out;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_;
  bool good_ = false;
};

absl::Status open_to_read(const std::string& path, OpenFile* file) {
  file->number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (file->number < 0) {
    const std::string text = str_cat("cannot open ", path, ": ", std::strerror(errno));
    return errno == ENOENT || errno == ENOTDIR ? absl::NotFoundError(text) : absl::DataLossError(text);
  }
  struct stat there {};
  if (::fstat(file->number, &there) == 0 && S_ISREG(there.st_mode)) return absl::OkStatus();
  return absl::InvalidArgumentError(str_cat(path, " is no ordinary file"));
}

absl::Status cannot_write(const std::string& path) {
  return absl::UnavailableError(str_cat("cannot write ", path, ": ", std::strerror(errno)));
}

absl::Status write_all(int file, const char* bytes, std::size_t size, const std::string& path) {
  while (size > 0) {
    const ssize_t n = ::write(file, bytes, size);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return cannot_write(path);
    bytes += n;
    size -= static_cast<std::size_t>(n);
  }
  return absl::OkStatus();
}

// `out` -1: nothing is written.
absl::StatusOr<FileDigest> read_through(const std::string& from, int in, const std::string& to, int out,
                                        const StopAsked& stop, std::uint64_t most) {
  std::vector<char> piece(kPiece);
  Digest digest;
  FileDigest found;
  while (found.bytes < most) {
    if (stop && stop()) return absl::CancelledError("stopped before it was done");
    const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, most - found.bytes));
    const ssize_t n = ::read(in, piece.data(), size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return absl::DataLossError(str_cat("cannot read ", from, ": ", std::strerror(errno)));
    if (n == 0) break;
    digest.add(piece.data(), static_cast<std::size_t>(n));
    if (out >= 0) CT_RETURN_IF_ERROR(write_all(out, piece.data(), static_cast<std::size_t>(n), to));
    found.bytes += static_cast<std::uint64_t>(n);
  }
  CT_ASSIGN_OR_RETURN(found.sha256, digest.hex());
  return found;
}

}  // namespace

absl::StatusOr<FileDigest> digest_file(const std::string& path, const StopAsked& stop) {
  OpenFile in;
  CT_RETURN_IF_ERROR(open_to_read(path, &in));
  return read_through(path, in.number, "", -1, stop, UINT64_MAX);
}

absl::StatusOr<FileDigest> copy_file(const std::string& from, const std::string& to, const StopAsked& stop,
                                     std::uint64_t most) {
  OpenFile in, out;
  CT_RETURN_IF_ERROR(open_to_read(from, &in));
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(to).parent_path(), error);
  if (error) return absl::UnavailableError(str_cat("cannot make the folder of ", to, ": ", error.message()));
  out.number = ::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
  if (out.number < 0) return cannot_write(to);
  CT_ASSIGN_OR_RETURN(FileDigest copied, read_through(from, in.number, to, out.number, stop, most));
  if (::fdatasync(out.number) != 0) return cannot_write(to);
  return copied;
}

}  // namespace copytaster
