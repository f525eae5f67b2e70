// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/configurationreport.h"

#include "cluster/ctltexts.h"
#include "config/connectoptions.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

} // namespace

ConfigurationReport::ConfigurationReport(const OpenRequest &request)
    : m_request(request)
    , m_config(ConfigResolver::resolve(request))
{
}

QList<ConfigurationReport::Row> ConfigurationReport::rows() const
{
    ConnectOptions given; // both were parsed before
    if (auto read = ConnectOptions::parse(m_request.connectOptions,
                                          CtlTexts::tr("connect options")))
        given = *read;
    if (const auto read = ConnectOptions::parse(qEnvironmentVariable("QPROXYSQL_OPTIONS"),
                                                CtlTexts::tr("environment QPROXYSQL_OPTIONS")))
        given.addMissing(*read);
    QList<Row> rows;
    for (const OptionInfo &info : optionTable()) {
        Row row{QString::fromLatin1(info.name), info.defaultText(), CtlTexts::tr("default")};
        const QString effective = info.policy ? info.policy.text(m_config->pool.policy) : QString();
        if (const GivenValue *value = given.given(info.option)) {
            row.value = value->value;
            row.origin = value->source;
        } else if (m_config->pool.fromFile && info.policy && effective != row.value) {
            row.value = effective;
            row.origin = CtlTexts::tr("pool file %1").arg(m_config->pool.filePath);
        }
        rows.append(row);
    }
    return rows;
}

} // namespace qproxysql
