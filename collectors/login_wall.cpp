#include "collectors/login_wall.h"

#include <algorithm>
#include <array>

#include "collectors/platforms_support.h"
#include "core/strings.h"
#include "core/text.h"
#include "core/url.h"

namespace copytaster {
namespace {

// As normalise_for_match leaves them.
constexpr auto kLoginWords = std::to_array<std::string_view>(
    {"log in",         "log into",       "login",          "sign in",   "sign up",       "connexion",
     "se connecter",   "connectez vous", "anmelden",       "einloggen", "melde dich an", "registrieren",
     "iniciar sesión", "inicia sesión",  "iniciar sessão", "entrar",    "accedi",        "войти",
     "вход",           "войдите",        "увійти",         "вхід",      "zaloguj się",   "logowanie",
     "inloggen",       "aanmelden",      "logga in",       "logg inn",  "log ind",       "giriş yap",
     "přihlásit se",   "prihlásiť sa",   "bejelentkezés",  "conectare", "σύνδεση",       "تسجيل الدخول",
     "登录",           "登入",           "ログイン",       "로그인"});

bool is_login_part(std::string_view part) {
  static constexpr auto kParts = std::to_array<std::string_view>(
      {"login", "login.php", "login.html", "login.aspx", "log-in", "signin", "sign-in", "signin.php",
       "signup", "authwall", "uas", "checkpoint", "wp-login.php"});
  return std::ranges::any_of(kParts, [&](std::string_view known) { return equals_ignore_case(part, known); });
}

// Takes whole words out; says whether there were any.
bool take_words(std::string* padded, std::string_view words) {
  const std::string found = replace_all(*padded, str_cat(" ", words, " "), " ");
  if (found == *padded) return false;
  *padded = found;
  return true;
}

void take_platform(std::string* padded, std::string_view platform) {
  take_words(padded, platform);
  if (platform == "x") take_words(padded, "twitter");
}

// "Log in • Instagram", "Facebook – log in or sign up": little is left without these words.
bool is_login_title(std::string_view title, std::string_view platform) {
  std::string left = str_cat(" ", normalise_for_match(title), " ");
  take_platform(&left, platform);
  bool found = false;
  for (const std::string_view words : kLoginWords) found = take_words(&left, words) || found;
  return found && words(left).size() <= 3;
}

// The platform's name and nothing else.
bool is_name_alone(std::string_view title, std::string_view platform) {
  std::string left = str_cat(" ", normalise_for_match(title), " ");
  take_platform(&left, platform);
  return strip_space(left).empty();
}

bool is_front_page(std::string_view url) {
  const auto parsed = parse_url(url);
  return parsed && path_segments(*parsed).empty() && parsed->query.empty();
}

bool names_itself_a_wall(const IntakePage& page, std::string_view asked) {
  if (page.canonical.empty()) return false;
  return is_login_address(page.canonical) || (is_front_page(page.canonical) && !is_front_page(asked));
}

}  // namespace

bool is_login_address(std::string_view url) {
  const auto parsed = parse_url(url);
  if (!parsed) return false;
  if (parsed->host.starts_with("login.") || parsed->host.starts_with("signin.")) return true;
  return std::ranges::any_of(path_segments(*parsed), is_login_part);
}

bool asks_for_login(const IntakePage& page, const PageAsked& from) {
  if (is_login_address(from.landed) && !is_login_address(from.asked)) return true;
  if (from.platform == "web")
    return page.asks_password && !page.has_article && is_login_title(page.title, from.platform);
  if (names_itself_a_wall(page, from.asked) || is_login_title(page.title, from.platform)) return true;
  if (page.text.empty() && !page.title.empty() && is_name_alone(page.title, from.platform)) return true;
  return page.asks_password && page.canonical.empty();
}

}  // namespace copytaster
