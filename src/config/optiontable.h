// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

#include <span>

namespace qproxysql {

/// Every option of ours, whether this version has it or a later one brings it.
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

/// Pool: all connections of a pool must agree on it. Connection: each has its own.
enum class OptionScope { Pool, Connection };

/// One row of the option table (docs/options.md shows it to users).
struct OptionInfo
{
    Option option;
    const char *name;        ///< as in connect options; lower case in pool files
    const char *defaultText; ///< as it would be written; nullptr: none
    const char *allowed;     ///< source text for translation: what a value may be
    OptionScope scope;
    bool isPoolFileKey;
    bool (*isAllowed)(const QString &value);
};

/// The option table. Everything that knows an option's name, default or range knows it from here.
std::span<const OptionInfo> optionTable();

const OptionInfo &optionInfo(Option option);

/// The option of that name in any case; nullptr when it is none of ours.
const OptionInfo *findOption(QStringView name);

/// Why \a value may not be given to \a info, naming option, value and what is allowed; empty when it
/// may. SQL is never shown.
QString optionError(const OptionInfo &info, const QString &value);

} // namespace qproxysql
