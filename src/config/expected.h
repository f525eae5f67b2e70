// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

#include <concepts>
#include <optional>
#include <utility>
#include <variant>

namespace qproxysql {

/// The failure of a function that returns Expected: return Unexpected(text).
template<typename Error>
struct Unexpected
{
    Error error;
};
template<typename Error>
Unexpected(Error) -> Unexpected<Error>;

/// A value or an error: the part of C++23's std::expected that is used here. A QString error is a
/// text for the user. error() is empty if there is a value.
template<typename Value, typename Error = QString>
class [[nodiscard]] Expected
{
public:
    template<std::convertible_to<Value> From = Value>
    Expected(From &&value)
        : m_result(std::in_place_index<0>, std::forward<From>(value))
    {
    }
    template<std::convertible_to<Error> From>
    Expected(Unexpected<From> unexpected)
        : m_result(std::in_place_index<1>, std::move(unexpected.error))
    {
    }

    bool hasValue() const { return m_result.index() == 0; }
    explicit operator bool() const { return hasValue(); }

    // Only if there is a value.
    Value &operator*() & { return *std::get_if<0>(&m_result); }
    const Value &operator*() const & { return *std::get_if<0>(&m_result); }
    Value &&operator*() && { return std::move(*std::get_if<0>(&m_result)); }
    Value *operator->() { return std::get_if<0>(&m_result); }
    const Value *operator->() const { return std::get_if<0>(&m_result); }
    Value valueOr(Value other) const & { return hasValue() ? **this : std::move(other); }
    Value valueOr(Value other) && { return std::move(hasValue() ? **this : other); }

    Error error() const { return hasValue() ? Error() : *std::get_if<1>(&m_result); }

    friend bool operator==(const Expected &, const Expected &) = default;

private:
    std::variant<Value, Error> m_result;
};

template<typename Error>
class [[nodiscard]] Expected<void, Error>
{
public:
    Expected() = default;
    template<std::convertible_to<Error> From>
    Expected(Unexpected<From> unexpected)
        : m_error(std::move(unexpected.error))
    {
    }

    explicit operator bool() const { return !m_error; }
    Error error() const { return m_error.value_or(Error()); }

private:
    std::optional<Error> m_error;
};

} // namespace qproxysql
