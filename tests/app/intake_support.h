// A page, two officials and a paste, for the tests of the intake.
#pragma once

#include <string>
#include <utility>

#include "app/intake.h"
#include "core/officials.h"

namespace copytaster {

inline const absl::Time kNow = absl::FromCivil(absl::CivilSecond(2026, 11, 26, 8, 0, 0), absl::UTCTimeZone());

inline constexpr char kPage[] = R"(<!DOCTYPE html><html lang="fr"><head>
<title>Rouvray – Claire Aubanel</title>
<meta property="og:title" content="Claire Aubanel &amp; le pont">
<meta property="og:description" content="Le pont rouvre.">
<meta property="og:image" content="/pont.jpg"><meta property="og:image:alt" content="Le pont, vu du sud">
<meta property='article:published_time' content='2026-11-25T17:30:00+01:00'>
<link rel="canonical" href="https://rouvray.example/pont"></head>
<body><script>var a = "<article>no</article>";</script>
<article><p>Le pont rouvre demain à 8 h.</p><p>Merci aux ouvriers.</p></article></body></html>)";

inline Officials intake_officials() {
  Official mayor;
  mayor.set_id("aubanel");
  mayor.set_name("Claire Aubanel");
  Account* account = mayor.add_accounts();
  account->set_id("facebook:aubanel.test");
  account->set_platform("facebook");
  account->set_profile_url("https://www.facebook.com/aubanel.test");
  Official town;
  town.set_id("town");
  town.set_name("Ville de Rouvray");
  Account* site = town.add_accounts();
  site->set_id("feed:rouvray.example");
  site->set_platform("feed");
  site->set_profile_url("https://rouvray.example/");
  return Officials({mayor, town});
}

inline IntakeRequest pasted(std::string words) {
  IntakeRequest request;
  request.by = "Mira";
  request.text = std::move(words);
  return request;
}

}  // namespace copytaster
