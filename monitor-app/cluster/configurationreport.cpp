// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "cluster/configurationreport.h"

#include "cluster/ctltexts.h"
#include "config/connectoptions.h"
#include "config/optionvalue.h"

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

const GivenValue *find(const std::optional<ConnectOptions> &options, Option option)
{
    if (!options)
        return nullptr;
    const auto it = options->own.find(option);
    return it == options->own.end() ? nullptr : &it->second;
}

} // namespace

ConfigurationReport::ConfigurationReport(const OpenRequest &request)
    : m_request(request)
    , m_config(ConfigResolver::resolve(request, &m_error))
{
}

QList<ConfigurationReport::Row> ConfigurationReport::rows() const
{
    QString ignored; // it was good
    const auto given = ConnectOptions::parse(m_request.connectOptions,
                                             CtlTexts::tr("connect options"), &ignored);
    const auto environment = ConnectOptions::parse(qEnvironmentVariable("QPROXYSQL_OPTIONS"),
                                                   CtlTexts::tr("environment QPROXYSQL_OPTIONS"),
                                                   &ignored);
    QList<Row> rows;
    for (const OptionInfo &info : optionTable()) {
        Row row{QString::fromLatin1(info.name), QString::fromLatin1(info.defaultText),
                CtlTexts::tr("default")};
        const GivenValue *value = find(given, info.option);
        if (!value)
            value = find(environment, info.option);
        const QString effective = policyText(info.option, m_config->pool.policy);
        if (value) {
            row.value = value->value;
            row.origin = value->source;
        } else if (m_config->pool.fromFile && info.isPoolFileKey
                   && effective != policyText(info.option, PoolPolicy())) {
            row.value = effective;
            row.origin = CtlTexts::tr("pool file %1").arg(m_config->pool.filePath);
        }
        rows.append(row);
    }
    return rows;
}

} // namespace qproxysql
