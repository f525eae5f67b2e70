// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "config/configresolver.h"

namespace qproxysql {

/// The configuration that an application's connection would get, and the origin of each value. A
/// pool file's value that equals the default is shown as default.
class ConfigurationReport
{
public:
    struct Row
    {
        QString option;
        QString value; ///< empty: none
        /// "connect options", "environment QPROXYSQL_OPTIONS", "pool file ...", "default".
        QString origin;
    };

    explicit ConfigurationReport(const OpenRequest &request);

    bool isGood() const { return m_config.hasValue(); }
    QString error() const { return m_config.error(); } ///< the message that open() would give
    const ConnectionConfig &config() const { return *m_config; } ///< only if isGood()
    QList<Row> rows() const;                                     ///< only if isGood()

private:
    OpenRequest m_request;
    Expected<ConnectionConfig> m_config;
};

} // namespace qproxysql
