// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/configresolver.h"

namespace qproxysql {

/// What an application's connection would be configured to, and where each value comes from, as far as
/// can be told: a pool file's value that equals the default looks like it.
class ConfigurationReport
{
public:
    struct Row
    {
        QString option;
        QString value; ///< empty: none
        QString origin; ///< "connect options", "environment QPROXYSQL_OPTIONS", "pool file ...", "default"
    };

    explicit ConfigurationReport(const OpenRequest &request);

    bool isGood() const { return m_config.hasValue(); }
    QString error() const { return m_config.error(); }           ///< as open() would tell it
    const ConnectionConfig &config() const { return *m_config; } ///< of a good one
    QList<Row> rows() const;                                     ///< of a good one

private:
    OpenRequest m_request;
    Expected<ConnectionConfig> m_config;
};

} // namespace qproxysql
