// The one error type: absl::Status. Its code tells the caller what it may do next.
// clang-format off
//
//   code                 what the caller does
//   kInvalidArgument     never retry: the input is wrong. File: exit 65. Post: dead letter. Config: line and hint.
//   kNotFound            the thing does not exist (any more): no retry
//   kUnavailable         passing fault of net or disk: retry with back-off
//   kDeadlineExceeded    took too long: retry with back-off
//   kResourceExhausted   a cap or a budget was reached: wait as told, or give up on this thing
//   kPermissionDenied    an operator must act (a key, an approval, a forbidden address): no retry
//   kUnauthenticated     the credential is wrong or has expired: an operator must act
//   kFailedPrecondition  the state is not fit for the call (closed, newer schema): stop
//   kDataLoss            stored bytes are damaged: say exactly what, stop relying on it
//   kCancelled           we are shutting down
//   kInternal            a bug: log it as ERROR
//
// clang-format on
// No exception crosses a room: code that calls a throwing library catches at that call.
#pragma once

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define CT_CONCAT_INNER(a, b) a##b
#define CT_CONCAT(a, b) CT_CONCAT_INNER(a, b)

// Returns from the function when `expression` is not OK.
#define CT_RETURN_IF_ERROR(expression)                                            \
  do {                                                                            \
    if (absl::Status ct_status = (expression); !ct_status.ok()) return ct_status; \
  } while (false)

// CT_ASSIGN_OR_RETURN(auto value, call()): value, or return from the function.
#define CT_ASSIGN_OR_RETURN(declaration, expression) \
  CT_ASSIGN_OR_RETURN_INNER(CT_CONCAT(ct_statusor_, __LINE__), declaration, expression)
#define CT_ASSIGN_OR_RETURN_INNER(temporary, declaration, expression) \
  auto temporary = (expression);                                      \
  if (!temporary.ok()) return std::move(temporary).status();          \
  declaration = *std::move(temporary)
