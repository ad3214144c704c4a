// A time stamp authority made for a test: its own root, a certificate for time stamps, and a clock that the
// test sets. Answers as RFC 3161 says, by OpenSSL.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

#include "absl/time/time.h"

namespace copytaster::testing {

template <auto Function>
struct OpenSslFree {
  template <typename T>
  void operator()(T* what) const {
    Function(what);
  }
};
template <typename T, auto Function>
using OpenSsl = std::unique_ptr<T, OpenSslFree<Function>>;

class TimeStampAuthority {
 public:
  // `purpose`: the extended key usage of its certificate.
  explicit TimeStampAuthority(const std::string& name = "Time Stamps of a Test",
                              const std::string& purpose = "critical,timeStamping")
      : root_key_(EVP_EC_gen("P-256")), key_(EVP_EC_gen("P-256")) {
    root_ = certificate("Root of " + name, root_key_.get(), nullptr, "critical,CA:TRUE", "");
    signer_ = certificate(name, key_.get(), root_.get(), "critical,CA:FALSE", purpose);
  }

  // In Unix seconds; of now it says the same as the machine.
  void set_time(absl::Time time) { time_ = time; }
  [[nodiscard]] std::string ca_pem() const {
    const OpenSsl<BIO, BIO_free_all> out(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(out.get(), root_.get());
    return text_of(out.get());
  }

  // The TimeStampResp for a TimeStampReq, DER.
  [[nodiscard]] std::string answer(const std::string& request) {
    const OpenSsl<TS_RESP_CTX, TS_RESP_CTX_free> context(TS_RESP_CTX_new());
    TS_RESP_CTX_set_signer_cert(context.get(), signer_.get());
    TS_RESP_CTX_set_signer_key(context.get(), key_.get());
    TS_RESP_CTX_set_signer_digest(context.get(), EVP_sha256());
    TS_RESP_CTX_set_ess_cert_id_digest(context.get(), EVP_sha256());
    const OpenSsl<ASN1_OBJECT, ASN1_OBJECT_free> policy(OBJ_txt2obj("1.2.3.4.1", 1));
    TS_RESP_CTX_set_def_policy(context.get(), policy.get());
    TS_RESP_CTX_add_md(context.get(), EVP_sha256());
    TS_RESP_CTX_set_serial_cb(context.get(), &TimeStampAuthority::serial, this);
    TS_RESP_CTX_set_time_cb(context.get(), &TimeStampAuthority::time, this);
    const OpenSsl<BIO, BIO_free_all> in(BIO_new_mem_buf(request.data(), static_cast<int>(request.size())));
    const OpenSsl<TS_RESP, TS_RESP_free> response(TS_RESP_create_response(context.get(), in.get()));
    unsigned char* raw = nullptr;
    const int length = i2d_TS_RESP(response.get(), &raw);
    std::string der(reinterpret_cast<const char*>(raw), static_cast<std::size_t>(length));
    OPENSSL_free(raw);
    return der;
  }

 private:
  using Key = OpenSsl<EVP_PKEY, EVP_PKEY_free>;
  using Certificate = OpenSsl<X509, X509_free>;

  static std::string text_of(BIO* bio) {
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(bio, &bytes);
    return {bytes, static_cast<std::size_t>(size)};
  }
  static ASN1_INTEGER* serial(TS_RESP_CTX*, void* self) {
    ASN1_INTEGER* number = ASN1_INTEGER_new();
    ASN1_INTEGER_set(number, ++static_cast<TimeStampAuthority*>(self)->number_);
    return number;
  }
  static int time(TS_RESP_CTX*, void* self, long* seconds, long* microseconds) {
    *seconds = static_cast<long>(absl::ToUnixSeconds(static_cast<TimeStampAuthority*>(self)->time_));
    *microseconds = 0;
    return 1;
  }

  static void extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
    if (value.empty()) return;
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer == nullptr ? certificate : issuer, certificate, nullptr, nullptr, 0);
    const OpenSsl<X509_EXTENSION, X509_EXTENSION_free> extension(
        X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    X509_add_ext(certificate, extension.get(), -1);
  }
  // Signed by `issuer`'s key, or by its own. Good from 2000 to 2100.
  Certificate certificate(const std::string& name, EVP_PKEY* key, X509* issuer,
                          const std::string& constraints, const std::string& purpose) {
    Certificate made(X509_new());
    X509_set_version(made.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), ++number_);
    ASN1_TIME_set_string(X509_getm_notBefore(made.get()), "20000101000000Z");
    ASN1_TIME_set_string(X509_getm_notAfter(made.get()), "21000101000000Z");
    X509_NAME_add_entry_by_txt(X509_get_subject_name(made.get()), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(made.get(), X509_get_subject_name(issuer == nullptr ? made.get() : issuer));
    X509_set_pubkey(made.get(), key);
    extend(made.get(), issuer, NID_basic_constraints, constraints);
    extend(made.get(), issuer, NID_ext_key_usage, purpose);
    X509_sign(made.get(), root_key_.get(), EVP_sha256());
    return made;
  }

  long number_ = 0;
  absl::Time time_ = absl::FromUnixSeconds(1'650'000'000);
  Key root_key_, key_;
  Certificate root_, signer_;
};

}  // namespace copytaster::testing
