// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/expected.h"

#include <span>

namespace qproxysql {

struct ConnectionConfig;
struct PoolPolicy;

/// Every option of ours.
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
    ControlSchema
};

/// The member of \a Owner that an option sets. The default of the option is that of the member.
template<typename Owner>
struct OptionMember
{
    void (*set)(const QString &value, Owner *owner) = nullptr; ///< \a value must be allowed
    QString (*text)(const Owner &owner) = nullptr; ///< as it would be written in connect options

    explicit operator bool() const { return set; }
};

/// One row of the option table (docs/options.md shows it to users): all that is known of an option.
struct OptionInfo
{
    Option option;
    const char *name;     ///< as in connect options; lower case in pool files
    QString (*allowed)(); ///< what a value may be
    bool isSql;           ///< its value is never shown
    bool (*isAllowed)(const QString &value);
    /// True when both allowed texts mean the same value ("3" and "3.0", "FIRST" and "first").
    bool (*isSame)(const QString &a, const QString &b);
    OptionMember<PoolPolicy> policy;           ///< of an option that is a key of pool files, too
    OptionMember<ConnectionConfig> connection; ///< of one that each connection has of its own

    QString defaultText() const; ///< as it would be written; empty: none
    /// The failure names option, value and what is allowed, but never SQL.
    Expected<void> check(const QString &value) const;
};

/// The option table. Everything that knows an option's name, default or range knows it from here.
std::span<const OptionInfo> optionTable();

const OptionInfo &optionInfo(Option option);

/// The option of that name in any case; nullptr when it is none of ours.
const OptionInfo *findOption(QStringView name);

} // namespace qproxysql
