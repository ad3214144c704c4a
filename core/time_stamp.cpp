#include "core/time_stamp.h"

#include <openssl/err.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>

#include "core/status.h"
#include "core/strings.h"
#include "core/text.h"

namespace copytaster {
namespace {

constexpr std::size_t kNonceBytes = 8;
constexpr std::size_t kLongestName = 200;

template <auto Function>
struct Free {
  template <typename T>
  void operator()(T* what) const {
    Function(what);
  }
};
template <typename T, auto Function>
using Owned = std::unique_ptr<T, Free<Function>>;
void free_text(unsigned char* text) { OPENSSL_free(text); }
void free_signers(STACK_OF(X509) * signers) { sk_X509_free(signers); }

absl::Status wrong(std::string_view what) {
  ERR_clear_error();
  return absl::InvalidArgumentError(to_absl(what));
}

// OpenSSL's own word for what was wrong last.
absl::Status wrong_with_reason(std::string_view what) {
  const char* const reason = ERR_reason_error_string(ERR_peek_last_error());
  const std::string told = str_cat(what, reason == nullptr ? "" : ": ", reason == nullptr ? "" : reason);
  return wrong(told);
}

absl::Status out_of_memory() {
  ERR_clear_error();
  return absl::InternalError("OpenSSL cannot make a time stamp request");
}

std::string_view bytes_of(const ASN1_STRING* text) {
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)),
          static_cast<std::size_t>(ASN1_STRING_length(text))};
}

const unsigned char* data_of(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

// What an authority says when it does not want to, as RFC 3161 §2.4.2 numbers it.
absl::Status refusal(const TS_RESP* response) {
  const TS_STATUS_INFO* info = TS_RESP_get_status_info(const_cast<TS_RESP*>(response));
  const ASN1_INTEGER* status = info == nullptr ? nullptr : TS_STATUS_INFO_get0_status(info);
  if (status == nullptr) return wrong("it has no status");
  const long number = ASN1_INTEGER_get(status);
  if (number == TS_STATUS_GRANTED || number == TS_STATUS_GRANTED_WITH_MODS) return absl::OkStatus();
  ERR_clear_error();
  const ASN1_BIT_STRING* failure = TS_STATUS_INFO_get0_failure_info(info);
  std::string why;
  for (const auto& [bit, name] : {std::pair(TS_INFO_BAD_ALG, "SHA-256 is not known"),
                                  {TS_INFO_BAD_REQUEST, "bad request"},
                                  {TS_INFO_BAD_DATA_FORMAT, "bad data"},
                                  {TS_INFO_TIME_NOT_AVAILABLE, "no time"},
                                  {TS_INFO_UNACCEPTED_POLICY, "policy"},
                                  {TS_INFO_SYSTEM_FAILURE, "system failure"}}) {
    if (failure != nullptr && ASN1_BIT_STRING_get_bit(failure, bit) == 1) str_append(&why, ", ", name);
  }
  return absl::UnavailableError(str_cat("the time stamp authority refuses (status ", number, why, ")"));
}

absl::Status check_imprint(TS_TST_INFO* info, std::string_view link) {
  TS_MSG_IMPRINT* imprint = TS_TST_INFO_get_msg_imprint(info);
  const ASN1_OBJECT* algorithm = nullptr;
  if (imprint != nullptr) X509_ALGOR_get0(&algorithm, nullptr, nullptr, TS_MSG_IMPRINT_get_algo(imprint));
  if (algorithm == nullptr || OBJ_obj2nid(algorithm) != NID_sha256) return wrong("it is over no SHA-256");
  if (bytes_of(TS_MSG_IMPRINT_get_msg(imprint)) != sha256_bytes(link))
    return wrong("it is over something else");
  return absl::OkStatus();
}

absl::Status check_nonce(const TS_TST_INFO* info, std::string_view nonce) {
  if (nonce.empty()) return absl::OkStatus();
  const ASN1_INTEGER* given = TS_TST_INFO_get_nonce(info);
  const Owned<BIGNUM, BN_free> wanted(BN_bin2bn(data_of(nonce), static_cast<int>(nonce.size()), nullptr));
  const Owned<BIGNUM, BN_free> got(given == nullptr ? nullptr : ASN1_INTEGER_to_BN(given, nullptr));
  if (wanted == nullptr || got == nullptr || BN_cmp(wanted.get(), got.get()) != 0)
    return wrong("it answers another request");
  return absl::OkStatus();
}

absl::StatusOr<absl::Time> time_of(const TS_TST_INFO* info) {
  const ASN1_GENERALIZEDTIME* at = TS_TST_INFO_get_time(info);
  std::tm parts{};
  if (at == nullptr || ASN1_TIME_to_tm(at, &parts) != 1) return wrong("it says no time");
  return absl::FromTM(parts, absl::UTCTimeZone());
}

std::string name_of(X509* certificate) {
  const X509_NAME* name = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  const X509_NAME_ENTRY* entry = at < 0 ? nullptr : X509_NAME_get_entry(name, at);
  if (entry == nullptr) return "";
  unsigned char* raw = nullptr;
  const int length = ASN1_STRING_to_UTF8(&raw, X509_NAME_ENTRY_get_data(entry));
  const Owned<unsigned char, free_text> text(raw);
  if (length < 0) return "";
  std::string out =
      collapse_space(to_valid_utf8({reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length)}));
  out.resize(utf8_floor(out, std::min(out.size(), kLongestName)));
  return out;
}

// That the token is signed, by the certificate in it, which is one for time stamps.
absl::StatusOr<std::string> check_signature(PKCS7* token) {
  if (PKCS7_type_is_signed(token) != 1) return wrong("it is not signed");
  const Owned<STACK_OF(X509), free_signers> signers(PKCS7_get0_signers(token, nullptr, 0));
  if (signers == nullptr || sk_X509_num(signers.get()) != 1)
    return wrong_with_reason("its certificate is not in it");
  const Owned<BIO, BIO_free_all> content(BIO_new(BIO_s_mem()));
  if (content == nullptr) return out_of_memory();
  if (PKCS7_verify(token, nullptr, nullptr, nullptr, content.get(), PKCS7_NOVERIFY) != 1)
    return wrong_with_reason("its signature is wrong");
  X509* const signer = sk_X509_value(signers.get(), 0);
  if (X509_check_purpose(signer, X509_PURPOSE_TIMESTAMP_SIGN, 0) != 1)
    return wrong("its certificate is not one for time stamps");
  return name_of(signer);
}

// That the certificate comes from one of the authorities, and was good at that time.
absl::Status check_authority(PKCS7* token, absl::Time at, const std::string& ca_file) {
  Owned<X509_STORE, X509_STORE_free> store(X509_STORE_new());
  if (store == nullptr) return out_of_memory();
  if (X509_STORE_load_file(store.get(), ca_file.c_str()) != 1) {
    ERR_clear_error();
    return absl::FailedPreconditionError(
        str_cat("the certificate authorities in ", ca_file, " cannot be read"));
  }
  X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store.get()), absl::ToTimeT(at));
  const Owned<TS_VERIFY_CTX, TS_VERIFY_CTX_free> context(TS_VERIFY_CTX_new());
  if (context == nullptr) return out_of_memory();
  TS_VERIFY_CTX_set_flags(context.get(), TS_VFY_VERSION | TS_VFY_SIGNATURE);
  TS_VERIFY_CTX_set_store(context.get(), store.release());  // the context's from here
  if (TS_RESP_verify_token(context.get(), token) != 1)
    return wrong_with_reason("its certificate does not come from the authorities given");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<StampRequest> make_stamp_request(std::string_view link) {
  std::array<unsigned char, kNonceBytes> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) return out_of_memory();
  random[0] = static_cast<unsigned char>(random[0] | 0x40U);  // so that it has all its bytes
  const Owned<TS_REQ, TS_REQ_free> request(TS_REQ_new());
  const Owned<TS_MSG_IMPRINT, TS_MSG_IMPRINT_free> imprint(TS_MSG_IMPRINT_new());
  const Owned<X509_ALGOR, X509_ALGOR_free> algorithm(X509_ALGOR_new());
  const Owned<BIGNUM, BN_free> number(BN_bin2bn(random.data(), static_cast<int>(random.size()), nullptr));
  const Owned<ASN1_INTEGER, ASN1_INTEGER_free> nonce(
      number == nullptr ? nullptr : BN_to_ASN1_INTEGER(number.get(), nullptr));
  if (request == nullptr || imprint == nullptr || algorithm == nullptr || nonce == nullptr)
    return out_of_memory();
  std::string hash = sha256_bytes(link);
  const bool made = X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nullptr) == 1 &&
                    TS_MSG_IMPRINT_set_algo(imprint.get(), algorithm.get()) == 1 &&
                    TS_MSG_IMPRINT_set_msg(imprint.get(), reinterpret_cast<unsigned char*>(hash.data()),
                                           static_cast<int>(hash.size())) == 1 &&
                    TS_REQ_set_version(request.get(), 1) == 1 &&
                    TS_REQ_set_msg_imprint(request.get(), imprint.get()) == 1 &&
                    TS_REQ_set_nonce(request.get(), nonce.get()) == 1 &&
                    TS_REQ_set_cert_req(request.get(), 1) == 1;
  unsigned char* raw = nullptr;
  const int length = made ? i2d_TS_REQ(request.get(), &raw) : -1;
  const Owned<unsigned char, free_text> der(raw);
  if (length <= 0) return out_of_memory();
  return StampRequest{{reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length)},
                      {reinterpret_cast<const char*>(random.data()), random.size()}};
}

absl::StatusOr<StampToken> read_stamp(std::string_view der, const StampCheck& check) {
  if (der.size() > kLargestStamp) return wrong("it is larger than any time stamp");
  const unsigned char* at = data_of(der);
  const Owned<TS_RESP, TS_RESP_free> response(d2i_TS_RESP(nullptr, &at, static_cast<long>(der.size())));
  if (response == nullptr || at != data_of(der) + der.size()) return wrong("it is no time stamp response");
  CT_RETURN_IF_ERROR(refusal(response.get()));
  PKCS7* const token = TS_RESP_get_token(response.get());
  TS_TST_INFO* const info = TS_RESP_get_tst_info(response.get());
  if (token == nullptr || info == nullptr || TS_TST_INFO_get_version(info) != 1)
    return wrong("it holds no time stamp");
  CT_RETURN_IF_ERROR(check_imprint(info, check.link));
  CT_RETURN_IF_ERROR(check_nonce(info, check.nonce));
  StampToken found;
  CT_ASSIGN_OR_RETURN(found.at, time_of(info));
  CT_ASSIGN_OR_RETURN(found.signer, check_signature(token));
  if (!check.ca_file.empty()) {
    CT_RETURN_IF_ERROR(check_authority(token, found.at, check.ca_file));
    found.is_trusted = true;
  }
  ERR_clear_error();
  return found;
}

}  // namespace copytaster
