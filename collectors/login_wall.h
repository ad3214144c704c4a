// Walls: pages that ask for a login where a post was asked for. Facebook, Instagram, X, LinkedIn and Threads
// answer a reader without an account with HTTP 200 and a page of their own, at the address asked for or after
// a redirect; its words are nobody's post. Pure; any thread.
#pragma once

#include <string_view>

#include "collectors/intake_page.h"

namespace copytaster {

struct PageAsked {
  std::string_view platform;  // of the address, "web" for any other site
  std::string_view asked;     // empty: a saved page without one
  std::string_view landed;    // after redirects; empty: not fetched
};

// By the address it came from, by the address it gives itself, by its title (in the languages of the
// platforms' own pages) or by a password field where no post is named. A page that is taken for a wall
// wrongly is no loss: the editor is told to paste its text.
[[nodiscard]] bool asks_for_login(const IntakePage& page, const PageAsked& from);

// Whether a part of the path is a login: /login, /accounts/login/, /i/flow/login, /authwall, but no
// /news/login-made-easy.
[[nodiscard]] bool is_login_address(std::string_view url);

}  // namespace copytaster
