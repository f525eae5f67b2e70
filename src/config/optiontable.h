// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"

#include <span>

namespace qproxysql {

struct ConnectionConfig;
struct PoolPolicy;

/// The options of QPROXYSQL.
enum class Option {
    Peers,
    Pool,
    PoolFile,
    CheckInterval,
    ConnectTimeout,
    OpenDeadline,
    Balance,
    RetryReads,
    RetryConflicts,
    InitSql,
    CheckSql,
    PeerDriver,
    Control,
    MaxIdle,
    IdleTimeout,
    MaxLifetime,
    IgnoreState,
    CausalReads,
    ControlSchema,
    StatementCache,
    RetryTransactions,
    ReplayLimit,
    ExactlyOnce
};

/// The member of \a Owner that an option sets. The member's initial value is the option's default.
template<typename Owner>
struct OptionMember
{
    void (*set)(const QString &value, Owner *owner) = nullptr; ///< \a value must be allowed
    QString (*text)(const Owner &owner) = nullptr;             ///< as written in connect options

    explicit operator bool() const { return set; }
};

/// One row of the option table, which docs/options.md documents for users.
struct OptionInfo
{
    Option option;
    const char *name;     ///< as in connect options; lower case in pool files
    QString (*allowed)(); ///< describes the allowed values
    bool isSql;           ///< the value is SQL, which is never shown
    bool (*isAllowed)(const QString &value);
    /// True when both allowed texts mean the same value ("3" and "3.0", "FIRST" and "first").
    bool (*isSame)(const QString &a, const QString &b);
    OptionMember<PoolPolicy> policy;           ///< set if the option is also a key of pool files
    OptionMember<ConnectionConfig> connection; ///< set if each connection has its own value

    QString defaultText() const; ///< as written in connect options; empty if there is no default
    /// The error names option, value and what is allowed, but never shows SQL.
    Expected<void> check(const QString &value) const;
};

/// The option table: the only place that defines names, defaults and ranges of options.
std::span<const OptionInfo> optionTable();

const OptionInfo &optionInfo(Option option);

/// The option of that name in any case; nullptr if it is not one of ours.
const OptionInfo *findOption(QStringView name);

} // namespace qproxysql
